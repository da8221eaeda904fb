"""What the desk asks of those who keep score."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision, Trust
from core.domain.score import Opposed, Record, Scored, Waiting


class Scores(Protocol):
    """What came of what was forecast and decided? Each call is one durable transaction."""

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
        """What was asked since then and known by `until`, oldest first."""
        ...

    async def resolution(self, decision_id: str) -> Resolution | None: ...

    async def fate(self, account: str, decision_id: str) -> Fate | None: ...

    async def opposed(self, account: str, start: datetime, end: datetime) -> tuple[Opposed, ...]:
        """Decisions that somebody spoke against in [start, end), oldest first."""
        ...


class Trusts(Protocol):
    """How far is each voice believed now?"""

    async def trusts(self, voices: Sequence[str], now: datetime) -> Mapping[str, Trust]:
        """One for each voice; their weights sum to one."""
        ...
