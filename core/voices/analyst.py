"""A language model as an analyst: one question for all symbols, and its own words or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.domain.model import Failure, Prompt, Said, Unsaid
from core.domain.opinion import Abstention, Question, Silence, View
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.prompt import Faults, Sheet, read_opinions, sheet
from core.voices.consult import About, Consults

SILENCES = {Failure.INVALID: Silence.INVALID}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnalyst:
    """`write` decides what of the sheet is shown; whoever cannot answer abstains about everything."""

    name: str
    consult: Consults
    write: Callable[[Sheet], Prompt]
    language: Language
    aliased: bool = True

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        if not questions:
            return ()
        asked = sheet(snapshots, questions, self.language, aliased=self.aliased)
        about = About(max(q.as_of for q in questions), tuple(q.symbol for q in questions))

        def read(said: Said) -> tuple[View, ...] | Faults:
            return read_opinions(said.text, asked, self.name)

        found = await self.consult(self.write(asked), about, read)
        return silent(self.name, questions, found) if isinstance(found, Unsaid) else found


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
