"""Panic in every account of a desk at once; one whose venue is silent keeps nobody else waiting."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from core.domain.ledger import Claim
from core.panic import Panic, Panicked


@dataclass(frozen=True, slots=True)
class PanicEverywhere:
    """All of `panics` begin in their order, money first."""

    panics: tuple[Panic, ...]

    async def __call__(self, claim: Claim | None = None) -> tuple[Panicked, ...]:
        """Each account leaves a notice of its own, or says that it could not be written. Raises
        ButtonSpent for a claim that lost, before anything is done, and a bug when all have ended.
        """
        if claim:
            await self.panics[0].stand_still(claim)
        ended = await asyncio.gather(*(panic() for panic in self.panics), return_exceptions=True)
        return tuple(_result(one) for one in ended)

    async def late(self, age: timedelta) -> bool:
        """One that was said long ago: entries off everywhere, stops looked after, and a question
        from each account. Was all of it written?
        """
        return all(await asyncio.gather(*(panic.late(age) for panic in self.panics)))


def _result(ended: Panicked | BaseException) -> Panicked:
    if isinstance(ended, BaseException):
        raise ended
    return ended
