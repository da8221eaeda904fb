"""Facts that a model has found in the news: what, about whom, how old, who says so, what it holds back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from core.committee.brake import Grip
from core.domain.tiding import MOST_MATERIAL, Direction, Tiding
from core.domain.trading import Side
from core.news.reading import Found
from handlers.views.quoting import quoted
from handlers.words import Reader

MARKS = {Direction.UP: ("▲", "△"), Direction.DOWN: ("▼", "▽"), Direction.UNCLEAR: ("◆", "◇")}
MOST_COINS, MOST_SITES, LONGEST_SITE = 4, 3, 40


def found_lines(reader: Reader, found: Sequence[Found], now: datetime) -> Iterator[str]:
    """Nothing at all where nothing was found."""
    if not found:
        return
    yield f"<b>{reader.t('found.title')}</b>"
    for one in found:
        yield f"{mark(one.tiding)} {_about(reader, one, now)}"
        yield _fact(one.tiding)
        if one.grip:
            yield f"<b>{held_back(reader, one.tiding, one.grip, now)}</b>"
    yield ""


def mark(tiding: Tiding) -> str:
    """▼▼▽: downward, two of three."""
    full, empty = MARKS[tiding.direction]
    return full * tiding.materiality + empty * (MOST_MATERIAL - tiding.materiality)


def held_back(reader: Reader, tiding: Tiding, grip: Grip, now: datetime) -> str:
    """Halves new LONG BTC until 14:05, with the day where it is another."""
    t, coins = reader.t, ", ".join(_coins(tiding))
    side, *others = grip.sides
    what = t("found.both", coins=coins) if others else _one_side(reader, side, coins)
    today = reader.local(now).date() == reader.local(grip.until).date()
    time = reader.clock(grip.until) if today else reader.day_and_clock(grip.until)
    return t("found.halves" if grip.scale else "found.stops", what=what, time=time)


def _one_side(reader: Reader, side: Side, coins: str) -> str:
    return reader.t("found.side", side=reader.t.of("side", side), coins=coins)


def _about(reader: Reader, one: Found, now: datetime) -> str:
    t, tiding = reader.t, one.tiding
    kind = t(
        "found.kind", kind=t.of("tiding", tiding.event), way=t.of("direction", tiding.direction)
    )
    age = reader.lasting(now - one.time)
    when = t("news.ago", age=age) if tiding.published else t("news.seen", age=age)
    return " · ".join([kind, *_coins(tiding), when])


def _coins(tiding: Tiding) -> list[str]:
    """The first of them, and how many more: BTC, ETH, SOL, XRP, +6."""
    more = len(tiding.coins) - MOST_COINS
    return [*tiding.coins[:MOST_COINS], *([f"+{more}"] if more > 0 else [])]


def _fact(tiding: Tiding) -> str:
    """The sites in a form that no client makes into links."""
    sites = ", ".join(f"<code>{escape(_cut(s))}</code>" for s in tiding.domains[:MOST_SITES])
    fact = quoted(tiding.fact)
    return f"{fact} ({sites})" if sites else fact


def _cut(site: str) -> str:
    return site if len(site) <= LONGEST_SITE else site[: LONGEST_SITE - 1] + "…"
