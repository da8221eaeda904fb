"""A refusal in words: which limit, its numbers, and what would make room."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from core.domain.proposal import Number, Refusal, Rule
from core.domain.restraint import Reason
from handlers.views import numbers
from handlers.views.events import named
from handlers.views.phrases import coin
from handlers.words import Reader

SHARES = frozenset(
    {Rule.DAY_LOSS, Rule.WEEK_LOSS, Rule.MONTH_LOSS, Rule.ROLLING_LOSS, Rule.DIRECTION}
)


def refusal_text(reader: Reader, refusal: Refusal) -> str:
    """One or two sentences, ending with the rule's code."""
    said = reader.t(f"refusal.{refusal.rule}", **_words(reader, refusal))
    return f"{said} ({refusal.rule.value.upper()})"


def _words(reader: Reader, refusal: Refusal) -> dict[str, str]:
    raw = refusal.numbers
    words = {name: _word(reader, name, value) for name, value in raw.items()}
    equity = raw.get("equity")
    if isinstance(equity, Decimal) and equity > 0:
        words |= _sums(raw, equity, refusal.rule)
    if refusal.rule is Rule.VETOED:
        words["by"] = reader.t(f"objector.{raw['by']}")
    if refusal.rule is Rule.HALTED:
        words["reason"] = reader.t.of("reason", Reason(str(raw["reason"])))
    if refusal.rule is Rule.EVENT:
        words["event"] = named(reader, str(raw["event"]), str(raw["title"]))
    return words


def _sums(raw: Mapping[str, Number], equity: Decimal, rule: Rule) -> dict[str, str]:
    """Limits of loss as shares of equity, limits of size as money."""
    used, wanted, limit = (Decimal(str(raw[name])) for name in ("used", "wanted", "limit"))
    if rule in SHARES:
        total = max(used, Decimal(0)) + wanted
        return {
            "total": numbers.percent(total / equity),
            "limit": numbers.percent(limit / equity),
            "left": numbers.money(max(limit - used, Decimal(0))),
            "wanted": numbers.money(wanted),
        }
    return {
        "wanted": numbers.money(wanted),
        "limit": numbers.money(limit),
        "left": numbers.money(max(limit - used, Decimal(0))),
    }


def _word(reader: Reader, name: str, value: Number) -> str:
    if isinstance(value, datetime):
        return reader.day_and_clock(value)
    if name == "symbol":
        return coin(str(value))
    if isinstance(value, Decimal) and name in {"price", "stop"}:
        return f"{value:,f}"
    if isinstance(value, Decimal):
        return numbers.ratio(value) if name in {"ratio", "limit"} else numbers.money(value)
    return str(value)
