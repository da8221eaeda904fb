"""Hears again what was said once; calls nobody, and what was never said stays unsaid."""

from dataclasses import dataclass
from typing import TypeVar

from core.domain.model import Failure, Prompt, Repair, Reply, Unsaid, exchange_key
from core.ports import Minutes
from core.voices.consult import About, Consults, Late
from core.voices.conversation import Read, converse, turn_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Replaying:
    """An Oracle over the minutes of one model."""

    provider: str
    model: str
    minutes: Minutes

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        key = exchange_key(self.provider, self.model, prompt, turn_of(repair))
        found = await self.minutes.find(key)
        return Unsaid(failure=Failure.UNRECORDED) if found is None else found.reply


@dataclass(frozen=True, slots=True)
class Recall:
    """`Consults` without money: what is in the minutes costs nothing."""

    replaying: Replaying

    async def __call__(
        self, prompt: Prompt, about: About, read: Read[T], late: Late[T] | None = None
    ) -> T | Unsaid:
        return await converse(self.replaying.ask, prompt, read)


@dataclass(frozen=True, slots=True)
class AskOnce:
    """`Consults` that pays for nothing twice: what is in the minutes is only heard again."""

    recall: Recall
    consult: Consults

    async def __call__(
        self, prompt: Prompt, about: About, read: Read[T], late: Late[T] | None = None
    ) -> T | Unsaid:
        found = await self.recall(prompt, about, read)
        if isinstance(found, Unsaid) and found.failure is Failure.UNRECORDED:
            return await self.consult(prompt, about, read, late)
        return found
