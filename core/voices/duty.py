"""Which models are asked this time: all of them while there is money, and something to ask about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.domain.model import Failure
from core.domain.opinion import Question, Silence
from core.domain.snapshot import MarketSnapshot
from core.ports import Analyst, Ledger
from core.spending.allowance import TakeBudget
from core.spending.ladder import Rung
from core.voices.analyst import StandIn
from core.voices.gating import GATE, Asked, Gate, asked_now, is_due

SELDOM = 4


class Holds(Protocol):
    """Is any position open?"""

    async def __call__(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class HoldsAny:
    """In any of these accounts."""

    ledger: Ledger
    accounts: tuple[str, ...]

    async def __call__(self) -> bool:
        for account in self.accounts:
            if await self.ledger.live_trades(account):
                return True
        return False


@dataclass(frozen=True, slots=True)
class AllPaused:
    """Does none of these accounts enter anything?"""

    ledger: Ledger
    accounts: tuple[str, ...]

    async def __call__(self) -> bool:
        for account in self.accounts:
            if not (await self.ledger.settings(account)).paused:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Profile:
    """The models of a desk, and the cheaper ones it falls back to; the main voice of either is a
    quorum by itself.
    """

    full: tuple[Analyst, ...] = ()
    cheaper: tuple[Analyst, ...] = ()
    main: str = ""
    cheaper_main: str = ""

    def on(self, rung: Rung) -> tuple[Analyst, ...]:
        if rung is Rung.RULES:
            return ()
        return self.full if rung is Rung.FULL else self.cheaper


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """`core.ports.Duty` of a profile; who is not asked is represented, so that the reason can be
    shown.

    `asked` lives as long as the process: after a start everybody is asked once.
    """

    profile: Profile
    budget: TakeBudget
    holds: Holds
    paused: Holds
    gate: Gate = GATE
    asked: dict[str, Asked] = field(default_factory=dict)
    rungs: list[Rung] = field(default_factory=lambda: [Rung.FULL])

    @property
    def main(self) -> str:
        """As of the last time somebody was asked."""
        full = self.rungs[-1] is Rung.FULL
        return self.profile.main if full else self.profile.cheaper_main

    async def on_duty(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question], *, wanted: bool
    ) -> tuple[Analyst, ...]:
        """What a person wants to know is asked also in a quiet market."""
        if not questions or not self.profile.full:
            return ()
        self.rungs[:] = [rung := (await self.budget()).rung]
        team = self.profile.on(rung)
        if rung is Rung.SELDOM and not _fourth(snapshots):
            team = ()
        spared = _absent(self.profile.full, team, Silence.NO_ANSWER, Failure.BUDGET.value)
        if team and not wanted and (reason := await self._why_not(snapshots, questions)):
            return (*_absent(team, (), reason), *spared)
        pairs = zip(snapshots, questions, strict=True) if team else ()
        self.asked.update({one.symbol: asked_now(one, about) for one, about in pairs})
        return (*team, *spared)

    async def _why_not(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> Silence | None:
        """None where it is worth the money: a position is open, or something stirs."""
        if await self.holds():
            return None
        if await self.paused():
            return Silence.PAUSED
        stirs = is_due(snapshots, questions, self.asked, self.gate)
        return None if stirs else Silence.QUIET


def _fourth(snapshots: Sequence[MarketSnapshot]) -> bool:
    """Counted from midnight, so that a restart does not change which."""
    frame = snapshots[0].frame
    return (int(frame.time[-1]) // frame.timeframe.milliseconds + 1) % SELDOM == 0


def _absent(
    voices: Sequence[Analyst], present: Sequence[Analyst], reason: Silence, failure: str = ""
) -> tuple[StandIn, ...]:
    here = {voice.name for voice in present}
    return tuple(StandIn(v.name, reason, failure) for v in voices if v.name not in here)
