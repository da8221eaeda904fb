"""What the market answered to one question, walked bar by bar; a missing bar leaves it unanswered.

The event is the one of committee/question.py. A bar that holds both levels counts as the stop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

import numpy as np

from core.domain.market import Bar, Floats
from core.domain.objection import Resolution
from core.domain.opinion import Decision, Question
from core.domain.trading import Side


@dataclass(frozen=True, slots=True)
class Walk:
    """A question and what has become of it by `seen`; `reached` holds the sides that are over."""

    question: Question
    seen: datetime
    price: float
    reached: Mapping[Side, float] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(question, question.began_at, question.price)

    @property
    def is_over(self) -> bool:
        return self.seen >= self.question.ends_at

    def after(self, bars: Sequence[Bar]) -> Self | None:
        """These bars further; None where one is missing."""
        closes = [self.seen, *(bar.close_time for bar in bars)]
        if not bars or any(
            bar.candle.open_time != close for bar, close in zip(bars, closes, strict=False)
        ):
            return None
        low = np.array([float(bar.candle.low) for bar in bars])
        high = np.array([float(bar.candle.high) for bar in bars])
        ended = {side: self._ended(side, low, high) for side in Side if side not in self.reached}
        now = {side: value for side, value in ended.items() if value is not None}
        last = float(bars[-1].candle.close)
        return replace(self, seen=closes[-1], price=last, reached={**self.reached, **now})

    def _ended(self, side: Side, low: Floats, high: Floats) -> float | None:
        """0 at the stop, 1 at the target, None before either."""
        stop, target = self._levels(side)
        adverse, favourable = (low, high) if side.sign > 0 else (high, low)
        stopped = side.sign * (adverse - stop) <= 0
        reached = side.sign * (favourable - target) >= 0
        touched = np.flatnonzero(stopped | reached)
        return None if not len(touched) else float(not stopped[touched[0]])

    def _levels(self, side: Side) -> tuple[float, float]:
        price, away = self.question.price, self.question.distances[side]
        return price * (1 - side.sign * away.stop), price * (1 + side.sign * away.target)

    def answer(self, side: Side) -> float:
        """At the horizon; between the levels the share of the way from stop to target."""
        if side in self.reached:
            return self.reached[side]
        stop, target = self._levels(side)
        return min(1.0, max(0.0, (self.price - stop) / (target - stop)))


def resolution(decision: Decision, walk: Walk, now: datetime) -> Resolution:
    """What a walk to the horizon has come to."""
    asked = decision.question
    return Resolution(
        decision=decision.id,
        symbol=decision.symbol,
        as_of=decision.as_of,
        at=now,
        ended=walk.price,
        up=0.5 + 0.5 * float(np.sign(walk.price - asked.price)),
        target_first={side: walk.answer(side) for side in Side},
    )
