"""Whose desk it is, and how its owner sets it: pairing, profiles, limits, pause."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol

from core.domain.account import ON_PAPER, PAPER, DeskAccount, Mode, Roster
from core.domain.ledger import Claim, claimed
from core.domain.market import Timeframe
from core.domain.people import (
    Absence,
    AccountSettings,
    Approval,
    Colours,
    Language,
    Limits,
    Person,
    Profile,
    Role,
)
from core.domain.proposal import ProposalStatus
from core.domain.tuning import Tuning
from core.errors import NotAllowed, NotEarned, NotPaper, SymbolBusy, TuningMoved
from core.ports import Clock, Ledger, MarketData
from core.risk.profiles import LIMITS

ACCOUNT = PAPER
PAPER_TRADES_FIRST = 20
SMALLEST_SMALL = Decimal(5)
ZONES = {Language.KO: "Asia/Seoul", Language.EN: "UTC"}
COLOURS = {Language.KO: Colours.RED_UP, Language.EN: Colours.GREEN_UP}


@dataclass(frozen=True, slots=True)
class Step:
    """By how much a limit moves at a tap, and between which values."""

    by: Decimal | int
    low: Decimal | int
    high: Decimal | int


STEPS: dict[str, Step] = {
    "risk_per_trade": Step(Decimal("0.0005"), Decimal("0.0005"), Decimal("0.0050")),
    "leverage": Step(1, 1, 10),
    "max_positions": Step(1, 1, 8),
    "day_loss": Step(Decimal("0.001"), Decimal("0.001"), Decimal("0.010")),
    "week_loss": Step(Decimal("0.001"), Decimal("0.002"), Decimal("0.020")),
    "month_loss": Step(Decimal("0.001"), Decimal("0.005"), Decimal("0.020")),
    "reward_ratio": Step(Decimal("0.1"), Decimal("1.0"), Decimal("3.0")),
    "same_direction_risk": Step(Decimal("0.0005"), Decimal("0.001"), Decimal("0.010")),
    "exposure": Step(Decimal("0.2"), Decimal("0.2"), Decimal("4.0")),
    "proposals_per_day": Step(1, 1, 20),
    "autopilot_risk": Step(Decimal("0.0005"), Decimal(0), Decimal("0.0040")),
    "autopilot_entries": Step(1, 0, 10),
}


def opening_settings(
    symbols: tuple[str, ...],
    timeframe: Timeframe,
    approval: Approval = Approval.ASK,
    of: DeskAccount = ON_PAPER.main,
) -> AccountSettings:
    """How a new account trades until somebody says otherwise: money cautiously, and only after a yes."""
    profile = Profile.CAUTIOUS if of.mode is Mode.LIVE else Profile.BALANCED
    return AccountSettings(
        account=of.name,
        profile=profile,
        limits=LIMITS[profile],
        approval=approval if of.is_paper else Approval.ASK,
        absence=Absence.WAIT,
        small_below=Decimal(10),
        symbols=symbols,
        timeframe=timeframe,
    )


def stepped(limits: Limits, name: str, direction: int) -> Limits:
    """One limit a step up or down, kept between its bounds. Raises KeyError for another name."""
    step = STEPS[name]
    value = getattr(limits, name) + step.by * direction
    return replace(limits, **{name: min(max(value, step.low), step.high)})


class Choices(Protocol):
    """What does this market offer to choose from, just now? What is best known comes first."""

    @property
    def symbols(self) -> tuple[str, ...]: ...

    @property
    def timeframes(self) -> tuple[Timeframe, ...]: ...


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Write one change of an account's settings; all accounts of the `roster` share one `turn`."""

    account: str
    clock: Clock
    ledger: Ledger
    market: MarketData
    choices: Choices
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    roster: Roster = ON_PAPER

    @property
    def is_paper(self) -> bool:
        return self.account in self.roster.practice

    @property
    def available(self) -> tuple[str, ...]:
        return self.choices.symbols

    async def read(self) -> AccountSettings:
        return await self.ledger.settings(self.account)

    async def profile(self, profile: Profile) -> AccountSettings:
        return await self._write(profile=profile, limits=LIMITS[profile])

    async def limit(self, name: str, direction: int) -> AccountSettings:
        return await self._change(
            lambda now: replace(now, limits=stepped(now.limits, name, direction))
        )

    async def approval(self, approval: Approval) -> AccountSettings:
        """Raises NotEarned for an autopilot that has not been watched long enough."""
        if approval is not Approval.ASK:
            watched = (self.account,) if self.is_paper else self.roster.practice
            done = sum([len(await self.ledger.closed_trades(name)) for name in watched])
            if done < PAPER_TRADES_FIRST:
                raise NotEarned(done=done, needed=PAPER_TRADES_FIRST)
        return await self._write(approval=approval)

    async def small_below(self, by: Decimal) -> AccountSettings:
        """How much a trade may risk, in quote currency, to count as small."""
        return await self._change(
            lambda now: replace(now, small_below=max(now.small_below + by, SMALLEST_SMALL))
        )

    async def absence(self, absence: Absence) -> AccountSettings:
        return await self._write(absence=absence)

    async def timeframe(self, timeframe: Timeframe) -> AccountSettings:
        """Opinions belong to the market: all accounts of a desk look at the same candles."""
        async with self.turn:
            others = [name for name in self.roster.names if name != self.account]
            every = [await self.ledger.settings(name) for name in (self.account, *others)]
            mine, *rest = (replace(settings, timeframe=timeframe) for settings in every)
            await self.ledger.commit(mine, *rest)
            return mine

    async def two_targets(self, two: bool) -> AccountSettings:
        return await self._write(two_targets=two)

    async def tune(
        self, by: Person, tuning: Tuning, instead_of: Tuning, press: Claim | None = None
    ) -> AccountSettings:
        """Other numbers behind the rules, on paper only.

        Raises NotAllowed, NotPaper, ButtonSpent, and TuningMoved where the account's numbers are
        no longer those that the person saw.
        """
        must_be_trader(by)
        if not self.is_paper:
            raise NotPaper(account=self.account)
        async with self.turn:
            now = await self.read()
            if now.tuning != instead_of:
                raise TuningMoved
            changed = replace(now, tuning=tuning)
            await self.ledger.commit(*claimed(press), changed)
            return changed

    async def toggle_symbol(self, symbol: str) -> AccountSettings:
        """Raises UnknownSymbol, SymbolBusy. The last symbol stays."""
        settings = await self.read()
        if symbol not in settings.symbols:
            self.market.instrument(symbol)
            return await self._write(symbols=(*settings.symbols, symbol))
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        live = await self.ledger.live_trades(self.account)
        busy = {proposal.plan.symbol for proposal in waiting} | {trade.symbol for trade in live}
        if symbol in busy or len(settings.symbols) == 1:
            raise SymbolBusy(symbol=symbol.partition("/")[0])
        return await self._write(symbols=tuple(s for s in settings.symbols if s != symbol))

    async def pause(self) -> AccountSettings:
        return await self._write(paused=True, paused_at=self.clock.now())

    async def resume(self) -> AccountSettings:
        return await self._write(paused=False, paused_at=None)

    async def _write(self, **changes: object) -> AccountSettings:
        return await self._change(lambda now: replace(now, **changes))  # type: ignore[arg-type]

    async def _change(
        self, change: Callable[[AccountSettings], AccountSettings]
    ) -> AccountSettings:
        """As they are now: nobody else's change, least of all a pause, is undone."""
        async with self.turn:
            changed = change(await self.read())
            await self.ledger.commit(changed)
            return changed


def must_be_trader(person: Person) -> None:
    """Raises NotAllowed for whoever may only look."""
    if person.role is Role.VIEWER:
        raise NotAllowed


@dataclass(frozen=True, slots=True)
class PairOwner:
    """The first person with the code from the console owns the desk. The code works once."""

    ledger: Ledger
    code: str
    default_language: Language
    _used: list[int] = field(default_factory=list)

    async def __call__(self, code: str, person: Person) -> bool:
        """Is this person the owner now?"""
        if await self.ledger.people() or self._used:
            return False
        if not hmac.compare_digest(code.strip().encode(), self.code.encode()):
            return False
        self._used.append(person.id)
        await self.ledger.commit(replace(person, role=Role.OWNER))
        return True


def newcomer(user_id: int, chat: int, name: str, language: Language) -> Person:
    """A person with the habits of their language."""
    return Person(
        id=user_id,
        chat=chat,
        name=name,
        role=Role.OWNER,
        language=language,
        timezone=ZONES[language],
        colours=COLOURS[language],
    )
