"""What the desk asks about its committee: who speaks, who objects, and how far each is believed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.objection import Fate, Objection, Resolution
from core.domain.opinion import Decision, Question, Trust
from core.domain.proposal import Candidate
from core.domain.snapshot import MarketSnapshot
from core.ports.desk import Analyst


class Duty(Protocol):
    """Which models are asked this time, beside the rules?"""

    @property
    def main(self) -> str:
        """The voice that is a quorum by itself; empty where there is none."""
        ...

    async def on_duty(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question], *, wanted: bool
    ) -> tuple[Analyst, ...]:
        """Those who are spared this time answer all the same, with the reason. `wanted`: a person
        asks, not the clock.
        """
        ...


class Trusts(Protocol):
    """How far is each voice believed, by what has come true so far?"""

    async def trusts(self, voices: Sequence[str], now: datetime) -> Mapping[str, Trust]: ...


class Opposition(Protocol):
    """Who speaks against these trades? May take long, and can only make them smaller."""

    async def __call__(
        self, account: str, wishes: Sequence[tuple[Candidate, Decision]]
    ) -> tuple[tuple[Objection, ...], ...]:
        """One tuple per wish, in their order."""
        ...


class Fates(Protocol):
    """What became of a decision, in an account and in the market?"""

    async def fate(self, account: str, decision_id: str) -> Fate | None: ...

    async def resolution(self, decision_id: str) -> Resolution | None: ...
