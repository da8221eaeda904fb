"""Runs the job table on simulated time: one moment after the other, everything due in its order.

While a card waits for a person, a paced market slows down so that there is time to answer; one
without a pace (speed 0) stands still.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.jobs import AtClose, Daily, Job
from bot.market.clock import PacedClock
from core.domain.proposal import Proposal

LOOK_AGAIN = 0.1
PATIENCE = timedelta(seconds=90)

NextClose = Callable[[datetime], Awaitable[datetime | None]]
Waiting = Callable[[], Awaitable[Proposal | None]]


@dataclass(frozen=True, slots=True)
class Stepper:
    """`next_close` knows when the next candle closes (None: the data is over), `waiting` the card
    that expires first. It `pauses` for cards where a person is to answer them.
    """

    clock: PacedClock
    jobs: Sequence[Job]
    speed: float
    next_close: NextClose
    waiting: Waiting
    pauses: bool
    attempt: Callable[[Job], Awaitable[None]]

    async def run(self) -> None:
        """Until the data is over."""
        while (close := await self.next_close(self.clock.now())) is not None:
            moment = await self._due_before(close)
            if not await self._arrive(moment):
                continue
            self.clock.advance_to(moment)
            await self._work(moment, is_close=moment == close)

    async def _due_before(self, close: datetime) -> datetime:
        """The next thing to happen: a close, a card's end, or a daily job."""
        now, card = self.clock.now(), await self.waiting()
        daily = [_next_daily(job.when, now) for job in self.jobs if isinstance(job.when, Daily)]
        ends = [max(card.expires_at, now)] if card else []
        return min([close, *daily, *ends])

    async def _arrive(self, moment: datetime) -> bool:
        """Let real time pass; False asks to look again, because a card has come or gone."""
        card = await self.waiting() if self.pauses else None
        if not self.speed:
            await asyncio.sleep(LOOK_AGAIN if card else 0)
            return card is None
        self.clock.set_speed(self._pace(card))
        wait = self.clock.until(moment)
        await asyncio.sleep(min(wait, LOOK_AGAIN))
        return wait <= LOOK_AGAIN

    def _pace(self, card: Proposal | None) -> float:
        """Slow enough that a card lasts as long as a person needs."""
        if card is None:
            return self.speed
        return min(self.speed, max(1.0, (card.expires_at - card.created_at) / PATIENCE))

    async def _work(self, moment: datetime, *, is_close: bool) -> None:
        for job in self.jobs:
            if isinstance(job.when, AtClose) and not is_close:
                continue
            if (
                isinstance(job.when, Daily)
                and _midnight(moment) + job.when.after_midnight != moment
            ):
                continue
            await self.attempt(job)


def _midnight(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _next_daily(when: Daily, now: datetime) -> datetime:
    today = _midnight(now) + when.after_midnight
    return today if today > now else today + timedelta(days=1)
