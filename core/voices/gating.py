"""Is there anything to ask about? A quiet market is asked about seldom, which saves most of the money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.market import from_millis
from core.domain.news import Tier
from core.domain.opinion import Question
from core.domain.snapshot import MarketSnapshot
from core.indicators import indicators


@dataclass(frozen=True, slots=True)
class Gate:
    """Opens when a symbol moved more than `moved` ATR since it was last asked about, when those
    concerned announced something, and after `closes` closes anyway, so that scores go on.
    """

    moved: float = 0.75
    closes: int = 6
    loudest: Tier = Tier.PRIMARY


GATE = Gate()


@dataclass(frozen=True, slots=True)
class Asked:
    """The close that models were last asked about, and the price then."""

    close: datetime
    price: float


def asked_now(snapshot: MarketSnapshot, question: Question) -> Asked:
    return Asked(closed_at(snapshot), question.price)


def closed_at(snapshot: MarketSnapshot) -> datetime:
    frame = snapshot.frame
    return from_millis(int(frame.time[-1]) + frame.timeframe.milliseconds)


def is_due(
    snapshots: Sequence[MarketSnapshot],
    questions: Sequence[Question],
    asked: Mapping[str, Asked],
    gate: Gate = GATE,
) -> bool:
    """One that stirs is enough: all symbols are one question."""
    pairs = zip(snapshots, questions, strict=True)
    return any(_stirs(one, about, asked.get(one.symbol), gate) for one, about in pairs)


def _stirs(snapshot: MarketSnapshot, question: Question, last: Asked | None, gate: Gate) -> bool:
    if last is None:
        return True
    waited = closed_at(snapshot) - last.close
    if waited >= snapshot.frame.timeframe.duration * gate.closes:
        return True
    atr = float(indicators(snapshot.frame).atr[-1])
    if abs(question.price - last.price) > gate.moved * atr:
        return True
    return any(f.tier <= gate.loudest and f.seen_at > last.close for f in snapshot.news)
