"""A language model as an analyst: one question for many symbols, and its own words or none."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from core.domain.model import Failure, Said, Unsaid
from core.domain.opinion import Abstention, Question, Silence, View
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.prompt import Faults, read_opinions
from core.voices.consult import About, Consults, Late
from core.voices.sheets import Sheets, Write, Written

KeepsLate = Callable[[Sequence[View], Sequence[Question]], Awaitable[None]]

MOST_SYMBOLS = 20
SILENCES = {Failure.INVALID: Silence.INVALID}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnalyst:
    """`write` decides what of the sheet is shown. Of more symbols than one answer has room for,
    several questions are made, asked at once; one that is not answered is an abstention about
    every symbol in it.
    """

    name: str
    consult: Consults
    write: Write
    language: Language
    aliased: bool = True
    sheets: Sheets = field(default_factory=Sheets)
    keep_late: KeepsLate | None = None

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        """All is written before anybody is asked, so that the calls go into the books together."""
        parts = [
            (part, await self.sheets.of(snapshots, part, self.language, aliased=self.aliased))
            for part in batches(questions)
        ]
        answers = await asyncio.gather(*(self._asked(*part) for part in parts))
        return tuple(chain.from_iterable(answers))

    async def _asked(self, questions: Sequence[Question], written: Written) -> tuple[View, ...]:
        about = About(max(q.as_of for q in questions), tuple(q.symbol for q in questions))

        def read(said: Said) -> tuple[View, ...] | Faults:
            return read_opinions(said.text, written.sheet, self.name)

        prompt = written.prompt(self.write)
        found = await self.consult(prompt, about, read, self._late(questions))
        return silent(self.name, questions, found) if isinstance(found, Unsaid) else found

    def _late(self, questions: Sequence[Question]) -> Late[tuple[View, ...]] | None:
        keep = self.keep_late
        return keep and (lambda views: keep(views, questions))


def batches(questions: Sequence[Question]) -> Iterator[Sequence[Question]]:
    """As few as there can be, and of nearly the same length."""
    parts = -(-len(questions) // MOST_SYMBOLS)
    for part in range(parts):
        yield questions[len(questions) * part // parts : len(questions) * (part + 1) // parts]


def silent(name: str, questions: Sequence[Question], unsaid: Unsaid) -> tuple[View, ...]:
    """Nothing about anything, with the reason."""
    reason = SILENCES.get(unsaid.failure, Silence.NO_ANSWER)
    return tuple(Abstention(name, q.symbol, reason, unsaid.failure.value) for q in questions)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Sits where a model would have answered, had it been asked."""

    name: str
    reason: Silence
    failure: str = ""

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        return tuple(Abstention(self.name, q.symbol, self.reason, self.failure) for q in questions)
