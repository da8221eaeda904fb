"""Puts one account's guards together: the gate before its wire, the round of watches, the way back."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.machine import ClockProbe
from bot.market.clock import SystemClock
from bot.markets import Market
from core.execution.unguarded import HELD
from core.guard.balance import WatchBalance
from core.guard.caps import STANDARD, Caps
from core.guard.fills import WatchFills
from core.guard.gate import EntryGate
from core.guard.guarding import Guard
from core.guard.ports import AGREED, Disk, Jumps, Reconciliation, Sent
from core.guard.restraining import RestrainTrading, ResumeTrading
from core.guard.watches import WatchClock, WatchDisk, WatchLosses, WatchPrices, WatchRejects
from core.losses import NO_TRANSFERS, Losses
from core.ports import Broker, Clock, Fence, Ledger, Transfers


class _Roomy:
    """Nobody looks how full the disk is."""

    def free(self) -> int | None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What the environment and the machine set for all accounts of a desk; a lease for each."""

    caps: Caps = STANDARD
    disk: Disk = field(default_factory=_Roomy)
    fences: Mapping[str, Fence] = field(default_factory=dict)

    def fence(self, account: str) -> Fence:
        return self.fences.get(account, HELD)


def clock_probe() -> Jumps:
    """Of the wall: a clock that is simulated may jump as it likes."""
    return ClockProbe(SystemClock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What an account's guards stand on. `turn` is the lock of its ChangeSettings."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    market: Market
    sent: Sent
    disk: Disk
    jumps: Jumps
    turn: asyncio.Lock
    reconcile: Reconciliation = AGREED
    transfers: Transfers = NO_TRANSFERS
    caps: Caps = STANDARD

    @property
    def losses(self) -> Losses:
        return Losses(account=self.account, ledger=self.ledger, transfers=self.transfers)

    def gate(self) -> EntryGate:
        """For SendIntent."""
        return EntryGate(
            account=self.account,
            clock=self.clock,
            broker=self.broker,
            ledger=self.ledger,
            quotes=self.market,
            sent=self.sent,
            reconciled=self.reconcile,
            losses=self.losses,
            caps=self.caps,
        )

    def restrain(self) -> RestrainTrading:
        """For whoever finds a reason of his own, as a reconciliation that never ends does."""
        return RestrainTrading(self.account, self.clock, self.ledger, self.turn)

    def resume(self) -> ResumeTrading:
        """For /resume."""
        return ResumeTrading(self.account, self.clock, self.ledger, self.turn, self.reconcile)

    def guard(self) -> Guard:
        """For a loop of its own, every few seconds: once, since it remembers."""
        account, clock, broker, ledger = self.account, self.clock, self.broker, self.ledger
        market = self.market
        watches = (
            WatchClock(clock, self.jumps),
            WatchDisk(clock, self.disk),
            WatchRejects(account, clock, self.sent),
            WatchFills(account, clock, ledger, market, market, market),
            WatchLosses(clock, broker, self.losses, self.caps),
            WatchBalance(account, clock, broker, ledger, self.transfers),
            WatchPrices(clock, broker, market, market),
        )
        return Guard(account, ledger, watches, self.restrain())
