"""Lets the facts that models have found in the news speak against a trade."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.committee.brake import COUNTS_FOR, brake
from core.domain.objection import Objection
from core.domain.opinion import Decision
from core.domain.proposal import Candidate
from core.ports import Clock, Tidings


@dataclass(frozen=True, slots=True)
class Brake:
    """`core.ports.Opposition` by the news of the last day; costs nothing and asks nobody."""

    clock: Clock
    tidings: Tidings

    async def __call__(
        self, account: str, wishes: Sequence[tuple[Candidate, Decision]]
    ) -> tuple[tuple[Objection, ...], ...]:
        now = self.clock.now()
        known = await self.tidings.recent(now - 2 * COUNTS_FOR) if wishes else ()
        found = (brake(wish, known, now) for wish, _ in wishes)
        return tuple((one,) if one else () for one in found)
