"""The bill as JSON for programs, and as a table with its assumptions for people."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.cost.assuming import TOKENIZERS
from bot.cost.reckoning import Cost, Line, by_model, by_purpose, closes_a_month
from core.spending.likely import REASONING
from handlers.views import numbers
from handlers.words import Translator

CENTS = 2
CELLS = (34, 8, 8, 8, 9)


def as_json(cost: Cost) -> str:
    whole = {
        "usd_per_month": _dollars(cost.month),
        "profile": cost.profile,
        "symbols": cost.symbols,
        "every": cost.every.value,
        "closes_per_month": float(closes_a_month(cost.every)),
        "prices_as_of": cost.prices.isoformat(),
        "by_model": _rounded(by_model(cost.lines)),
        "by_purpose": _rounded(by_purpose(cost.lines)),
        "calls": [_line(line) for line in cost.lines],
        "assumptions": _assumed(cost),
        "not_counted": ["chat", "balance"],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _assumed(cost: Cost) -> dict[str, object]:
    assumed = cost.assumed
    return {
        "reasoning_tokens_by_effort": {k.value: v for k, v in REASONING.items()},
        "tokens_per_estimate": {k.value: float(v) for k, v in TOKENIZERS.items()},
        "share_of_closes_asked": float(assumed.asked),
        "share_of_closes_verified": float(assumed.verified),
        "verified_from_record": cost.verified_from_record,
        "candidates_per_verification": assumed.cases,
        "share_of_answers_repaired": float(assumed.repairs),
        "tokens_found_per_search": assumed.search_tokens,
        "cache": "none",
    }


def as_text(t: Translator, cost: Cost) -> str:
    return "\n".join(_lines(t, cost))


def _line(line: Line) -> dict[str, object]:
    used = line.usage
    return {
        "purpose": line.voice.kind.value,
        "provider": line.voice.model.provider,
        "model": line.voice.name,
        "effort": line.voice.model.effort.value,
        "calls_per_month": float(round(line.calls, 1)),
        "tokens_in": used.input + used.cached + used.cache_write,
        "tokens_out": used.output,
        "reasoning_tokens": used.reasoning,
        "searches": used.searches,
        "usd_per_call": float(round(line.each, 6)),
        "usd_per_month": _dollars(line.month),
        "source": "recorded" if line.recorded else "assumed",
        "recorded_calls": line.recorded,
    }


def _lines(t: Translator, cost: Cost) -> Iterator[str]:
    yield t(
        "cost.title",
        month=numbers.full(cost.month),
        profile=cost.profile,
        n=cost.symbols,
        every=t.of("timeframe", cost.every),
        day=cost.prices.isoformat(),
    )
    if not cost.lines:
        yield t("cost.nobody")
        return
    yield ""
    head = ("cost.part", "cost.calls", "cost.in", "cost.out", "cost.month")
    yield _row([t(key) for key in head])
    yield from (_row(_cells(t, line)) for line in cost.lines)
    yield ""
    yield from _assumptions(t, cost)


def _cells(t: Translator, line: Line) -> list[str]:
    used = line.usage
    return [
        f"{line.voice.name} · {t.of('purpose', line.voice.kind)}",
        f"{line.calls:,.0f}",
        f"{used.input + used.cached + used.cache_write:,}",
        f"{used.output:,}",
        numbers.full(line.month),
    ]


def _row(cells: list[str]) -> str:
    """The first to the left, figures to the right, as wide as a terminal draws them."""
    first, *rest = cells
    width, *widths = CELLS
    padded = first + " " * max(width - numbers.cells(first), 1)
    figures = zip(rest, widths, strict=True)
    return padded + "".join(" " * max(w - numbers.cells(c), 1) + c for c, w in figures)


def _assumptions(t: Translator, cost: Cost) -> Iterator[str]:
    assumed = cost.assumed
    recorded = sum(line.recorded for line in cost.lines)
    if recorded:
        yield t("cost.recorded", n=f"{recorded:,}")
    if any(not line.recorded for line in cost.lines):
        efforts = ", ".join(f"{effort} {n:,}" for effort, n in REASONING.items())
        yield t("cost.reasoning", efforts=efforts)
        yield t("cost.repairs", share=_share(assumed.repairs), search=f"{assumed.search_tokens:,}")
    verified = _share(assumed.verified)
    yield t(
        "cost.verified_known" if cost.verified_from_record else "cost.verified", share=verified
    )
    yield t("cost.gate", share=_share(assumed.asked))
    yield t("cost.cache")
    yield t("cost.not_counted")


def _share(share: Decimal) -> str:
    return numbers.percent(share, 0)


def _dollars(amount: Decimal) -> float:
    return float(round(amount, CENTS))


def _rounded(sums: Mapping[str, Decimal]) -> dict[str, float]:
    return {name: _dollars(amount) for name, amount in sums.items()}
