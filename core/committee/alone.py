"""A committee of rules alone: nobody else is asked, believed or heard against a trade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.objection import Objection
from core.domain.opinion import Decision, Question, Trust
from core.domain.proposal import Candidate
from core.domain.snapshot import MarketSnapshot
from core.ports import Analyst


@dataclass(frozen=True, slots=True)
class Alone:
    """No models: every rule counts one, as it says."""

    main: str = ""

    async def on_duty(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question], *, wanted: bool
    ) -> tuple[Analyst, ...]:
        return ()

    async def trusts(self, voices: Sequence[str], now: datetime) -> Mapping[str, Trust]:
        return {}

    async def __call__(
        self, account: str, wishes: Sequence[tuple[Candidate, Decision]]
    ) -> tuple[tuple[Objection, ...], ...]:
        return ((),) * len(wishes)


ALONE = Alone()
