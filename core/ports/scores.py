"""What the desk asks of those who keep score."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.objection import Resolution
from core.domain.opinion import Decision
from core.domain.score import Opposed, Record, Scored, Waiting


class Scores(Protocol):
    """What came of what was forecast? Each call is one durable transaction."""

    async def due(self, now: datetime, limit: int) -> tuple[Decision, ...]:
        """Decisions that wait for their outcome and are not put off, the longest waiting first."""
        ...

    async def resolve(self, resolutions: Sequence[Resolution], scored: Sequence[Scored]) -> None:
        """Write outcomes down; one that is known stays as it is."""
        ...

    async def put_off(self, decision_id: str, until: datetime | None) -> None:
        """Ask no more before then; None gives it up for good: nobody can tell."""
        ...

    async def waiting(self) -> Waiting:
        """How many outcomes are still to come, when the next, and how many never will."""
        ...

    async def record(self, since: datetime, until: datetime) -> Record:
        """What was asked since then and known by `until`, oldest first.

        Closes overlap, so of each coin six decisions a horizon are enough: one of each sixth, that
        on which most voices spoke, the earliest of them.
        """
        ...

    async def spoken(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many opinions of each voice there are in the whole of it."""
        ...

    async def opposed(self, account: str, start: datetime, end: datetime) -> tuple[Opposed, ...]:
        """Decisions that somebody spoke against in [start, end), oldest first."""
        ...
