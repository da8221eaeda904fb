"""Does the money in the account follow from what was traded, paid and moved?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from core.guard.anomalies import leaked, money
from core.guard.ports import NO_TRANSFERS, Transfers
from core.ports import Broker, Clock, Ledger

# A fill shows in the wallet before it is booked, and venues tell of funding later still.
LAG = timedelta(minutes=1)
# Around a reading that others are measured against nothing may have happened: clocks differ.
QUIET = timedelta(seconds=10)
RENEWED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was in the wallet at a quiet moment."""

    at: datetime
    wallet: Decimal


@dataclass(slots=True)
class _Memory:
    anchor: Reading | None = None
    candidate: Reading | None = None
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class WatchBalance:
    """Compare the wallet with an earlier reading and everything booked since.

    Only what is missing alarms, and only when it stays missing; money that was found is taken as
    the new truth. After a restart the last mark in the ledger is what is compared with, so that
    nothing leaks while nobody looks.
    """

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    transfers: Transfers = NO_TRANSFERS
    _memory: _Memory = field(default_factory=_Memory)

    async def __call__(self, settings: AccountSettings) -> tuple[Cause, ...]:
        """Raises BrokerUnavailable: then nothing is known, and nothing is missing."""
        wallet = (await self.broker.account()).wallet
        reading = Reading(self.clock.now(), wallet)
        anchor = await self._anchor(reading.at, settings.released_at)
        if anchor is None:
            await self._settle_on(reading)
            return ()
        expected = await self._expected(anchor, reading.at)
        missing = leaked(expected, wallet)
        if missing is None:
            self._memory.missing_since = None
            if leaked(wallet, expected) or reading.at - anchor.at >= RENEWED:
                await self._settle_on(reading)
            return ()
        return self._alarm(missing, reading.at)

    def _alarm(self, missing: Decimal, now: datetime) -> tuple[Cause, ...]:
        self._memory.missing_since = since = self._memory.missing_since or now
        if now - since < LAG:
            return ()
        return (Cause(Reason.BALANCE, now, f"{missing:,.2f}"),)

    async def _anchor(self, now: datetime, released: datetime | None) -> Reading | None:
        """Whatever is older than a person's yes has been looked into by that person."""
        memory = self._memory
        if memory.anchor is None:
            mark = await self.ledger.equity_before(self.account, now)
            if mark and mark.at <= now and await self._is_quiet(mark.at):
                memory.anchor = Reading(mark.at, mark.wallet)
        if memory.anchor and released and memory.anchor.at <= released:
            memory.anchor, memory.missing_since = None, None
        return memory.anchor

    async def _settle_on(self, reading: Reading) -> None:
        """A reading becomes the anchor when, some time later, it is known that it was quiet."""
        memory = self._memory
        memory.candidate = memory.candidate or reading
        if reading.at - memory.candidate.at < LAG:
            return
        if await self._is_quiet(memory.candidate.at):
            memory.anchor = memory.candidate
        memory.candidate = None

    async def _is_quiet(self, moment: datetime) -> bool:
        return not await self.ledger.booked(self.account, moment - QUIET, moment + QUIET)

    async def _expected(self, anchor: Reading, now: datetime) -> Decimal:
        booked = await self.ledger.booked(self.account, anchor.at)
        moved = await self.transfers.moved(self.account, anchor.at, now)
        return anchor.wallet + money(one.activity for one in booked) + moved
