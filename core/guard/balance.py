"""Does the money in the account follow from what was traded, paid and moved?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from core.guard.anomalies import leaked, money
from core.losses import NO_TRANSFERS
from core.ports import Broker, Clock, Ledger, Transfers

# A fill shows in the wallet before it is booked, and venues tell of funding later still.
LAG = timedelta(minutes=1)
# Around a reading that others are measured against nothing may have happened: clocks differ.
QUIET = timedelta(seconds=10)
RENEWED = timedelta(days=1)
# Paper lives through a candle when it has closed, and dates its fills back into it.
LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was in the wallet at a quiet moment, when everything up to `seq` was booked."""

    at: datetime
    wallet: Decimal
    seq: int


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
        reading = Reading(self.clock.now(), wallet, await self.ledger.cursor(self.account))
        anchor = await self._anchor(reading.at, settings.released_at)
        if anchor is None:
            await self._settle_on(reading)
            return ()
        expected = await self._expected(anchor, reading.at)
        missing = leaked(min(expected), wallet)
        if missing is None:
            self._memory.missing_since = None
            if leaked(wallet, max(expected)) or reading.at - anchor.at >= RENEWED:
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
            memory.anchor = await self._marked(now)
        if memory.anchor and released and memory.anchor.at <= released:
            memory.anchor, memory.missing_since = None, None
        return memory.anchor

    async def _marked(self, now: datetime) -> Reading | None:
        """What the ledger has written down last, if nothing happened around it."""
        mark = await self.ledger.equity_before(self.account, now)
        if mark is None or mark.at > now or not await self._is_quiet(mark.at):
            return None
        later = await self.ledger.booked(self.account, mark.at)
        cursor = await self.ledger.cursor(self.account)
        return Reading(mark.at, mark.wallet, later[0].activity.seq - 1 if later else cursor)

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

    async def _expected(self, anchor: Reading, now: datetime) -> tuple[Decimal, Decimal]:
        """Counting what has happened since, and what was booked since: news may come late, or be
        dated back. Missing is what neither explains.
        """
        told = [b.activity for b in await self.ledger.booked(self.account, anchor.at - LATE)]
        before = anchor.wallet + await self.transfers.moved(anchor.at, now)
        happened = money(one for one in told if one.time >= anchor.at)
        booked = money(one for one in told if one.seq > anchor.seq)
        return before + happened, before + booked
