"""Asks models about the past, close after close, and hands over what they said to be kept."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bot.backtest.allotment import Allotment
from bot.backtest.witnesses import Asked, Batch, Witness
from core.backtest.answers import Answer
from core.domain.model import Failure
from core.domain.opinion import Abstention, View
from core.ports import Analyst

ENDS = {
    Failure.BUDGET,
    Failure.RESTING,
    Failure.FORBIDDEN,
    Failure.UNPAID,
    Failure.RETIRED,
}
"""After these the next close would fare no better."""

Keep = Callable[[Sequence[Answer]], object]
Seat = tuple[Witness, Analyst]


@dataclass(frozen=True, slots=True)
class Stopped:
    """At which close asking ended early, and why."""

    at: datetime
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswers:
    """Each close is asked as one batch a model, without what is `known` already, and kept before
    the next one is asked. One provider's models wait for each other.
    """

    seats: Sequence[Seat]
    purse: Allotment
    keep: Keep
    known: Collection[str] = ()
    done: Callable[[int], object] = lambda _: None

    async def __call__(self, batches: Iterable[Batch]) -> Stopped | None:
        """Oldest first, until the end or until nobody can be asked any more."""
        lanes = [list(lane) for _, lane in groupby(sorted(self.seats, key=_provider), _provider)]
        for number, batch in enumerate(batches, 1):
            found = await asyncio.gather(*(self._lane(lane, batch) for lane in lanes))
            end = next((failure for failure in found if failure), None)
            if end:
                return Stopped(batch[0].question.as_of, end)
            self.done(number)
        return None

    async def _lane(self, seats: Sequence[Seat], batch: Batch) -> Failure | None:
        for witness, analyst in seats:
            unknown = [asked for asked in batch if witness.key(asked) not in self.known]
            end = await self._ask(witness, analyst, unknown) if unknown else None
            if end:
                return end
        return None

    async def _ask(self, witness: Witness, analyst: Analyst, batch: Batch) -> Failure | None:
        views = await analyst.views(
            [asked.snapshot for asked in batch], [asked.question for asked in batch]
        )
        failures = [Failure(failure) for failure in map(_failure, views) if failure]
        self.keep(self._answers(witness, list(zip(batch, views, strict=True))))
        return next((failure for failure in failures if failure in ENDS), None)

    def _answers(self, witness: Witness, said: Sequence[tuple[Asked, View]]) -> list[Answer]:
        """What was paid is shared by those that were answered."""
        model = witness.voice.model
        answered = [(asked, view) for asked, view in said if not _failure(view)]
        if not answered:
            return []
        as_of = max(asked.question.as_of for asked, _ in answered)
        share = self.purse.cost_of(model.provider, model.name, as_of) / len(answered)
        return [replace(witness.answer(asked, view), cost=share) for asked, view in answered]


def _provider(seat: Seat) -> str:
    witness, _ = seat
    return witness.voice.model.provider


def _failure(view: View) -> str:
    """What kept a model from answering at all; having no view is an answer."""
    return view.failure if isinstance(view, Abstention) else ""
