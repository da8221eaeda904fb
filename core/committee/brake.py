"""What news may do to a trade: make it smaller, or stop it. Nothing in here can make one larger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.objection import Ground, Objection, Objector
from core.domain.proposal import Candidate
from core.domain.tiding import Direction, Tiding, TidingKind
from core.domain.trading import Side

COUNTS_FOR = timedelta(hours=24)
HALF, NONE = Decimal("0.5"), Decimal(0)
AGAINST = {Side.BUY: Direction.DOWN, Side.SELL: Direction.UP}
ENDS_A_MARKET = {TidingKind.HACK, TidingKind.DELISTING, TidingKind.OUTAGE}


def brake(candidate: Candidate, tidings: Iterable[Tiding], now: datetime) -> Objection | None:
    """The worst fact of the last day decides; None where none of them matters.

    Against the trade: materiality 3 vetoes, 2 halves. Where the direction is unclear, 3 halves. A
    hack, a delisting or an outage of materiality 2 stops every entry, whatever its direction.
    """
    coin = candidate.symbol.partition("/")[0]
    concerned = [t for t in tidings if coin in t.coins and _is_fresh(t, now)]
    holding = [t for t in concerned if _scale(t, candidate.side) < 1]
    if not holding:
        return None
    worst = min(holding, key=lambda tiding: _scale(tiding, candidate.side))
    return Objection(
        by=Objector.NEWS,
        scale=_scale(worst, candidate.side),
        grounds=(Ground.ADVERSE_NEWS,),
        note=worst.fact,
        facts=tuple(sorted({tiding.id for tiding in holding})),
    )


@dataclass(frozen=True, slots=True)
class Grip:
    """What one fact leaves of new trades in its coins on these sides, and until when."""

    scale: Decimal
    sides: tuple[Side, ...]
    until: datetime


def grip(tiding: Tiding, now: datetime) -> Grip | None:
    """None where it holds nothing back; where it touches both sides, it treats them alike."""
    if tiding.published is None or not _is_fresh(tiding, now):
        return None
    scales = {side: scale for side in Side if (scale := _scale(tiding, side)) < 1}
    if not scales:
        return None
    return Grip(min(scales.values()), tuple(scales), tiding.published + COUNTS_FOR)


def _is_fresh(tiding: Tiding, now: datetime) -> bool:
    return tiding.published is not None and now - tiding.published <= COUNTS_FOR


def _scale(tiding: Tiding, side: Side) -> Decimal:
    if tiding.materiality < 2:
        return Decimal(1)
    if tiding.event in ENDS_A_MARKET:
        return NONE
    great = tiding.materiality > 2
    if tiding.direction is AGAINST[side]:
        return NONE if great else HALF
    return HALF if great and tiding.direction is Direction.UNCLEAR else Decimal(1)
