"""Does the money in the account follow from what was traded, paid and moved?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.ledger import EquityMark
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from core.domain.trading import Account
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
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was in the wallet, when everything up to `seq` was booked; `more` of it nobody knew of."""

    at: datetime
    wallet: Decimal
    seq: int
    more: Decimal = ZERO


@dataclass(slots=True)
class _Memory:
    """`told` is what people know to have been moved since `began`."""

    began: datetime | None = None
    told: Decimal = ZERO
    anchor: Reading | None = None
    candidate: Reading | None = None
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class WatchBalance:
    """Compare the wallet with an earlier reading, everything booked since, and what was moved.

    A deposit or a withdrawal is told once. What stays missing alarms; money that stays without an
    explanation is told once and taken as the new truth. After a restart the last mark in the ledger
    is what is compared with, so that nothing leaks while nobody looks.
    """

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    transfers: Transfers = NO_TRANSFERS
    _memory: _Memory = field(default_factory=_Memory)

    async def __call__(self, settings: AccountSettings) -> tuple[Cause, ...]:
        """Raises BrokerUnavailable: then nothing is known, and nothing is missing."""
        held, now = await self.broker.account(), self.clock.now()
        if self._memory.began is None:
            await self._begin(now)
        await self._tell_moved(held, now)
        anchor = self._believed(settings.released_at)
        reading = Reading(now, held.wallet, await self.ledger.cursor(self.account))
        if anchor is None:
            await self._settle_on(reading)
            return ()
        low, high = await self._expected(anchor, now)
        missing = leaked(low, held.wallet)
        if missing is None:
            await self._agree(anchor, reading, leaked(held.wallet, high), held)
        return self._alarm(missing, now)

    def _alarm(self, missing: Decimal | None, now: datetime) -> tuple[Cause, ...]:
        if missing is None:
            self._memory.missing_since = None
            return ()
        self._memory.candidate = None
        self._memory.missing_since = since = self._memory.missing_since or now
        if now - since < LAG:
            return ()
        return (Cause(Reason.BALANCE, now, f"{missing:,.2f}"),)

    async def _agree(
        self, anchor: Reading, reading: Reading, more: Decimal | None, held: Account
    ) -> None:
        """Nothing is missing; what is found has to last until it is told and believed."""
        memory = self._memory
        if more is None and reading.at - anchor.at < RENEWED:
            memory.candidate = None
        elif await self._settle_on(Reading(reading.at, reading.wallet, reading.seq, more or ZERO)):
            found = min(more or ZERO, memory.anchor.more if memory.anchor else ZERO)
            if found:
                await self._tell(NoticeKind.MONEY_FOUND, found, held, reading.at)

    # -- what is told

    async def _tell_moved(self, held: Account, now: datetime) -> None:
        memory = self._memory
        moved = await self.transfers.moved(memory.began or now, now)
        news = moved - memory.told
        if news:
            kind = NoticeKind.MONEY_IN if news > 0 else NoticeKind.MONEY_OUT
            await self._tell(kind, abs(news), held, now)
            memory.told = moved

    async def _tell(self, kind: NoticeKind, amount: Decimal, held: Account, now: datetime) -> None:
        """With a mark, from which the next process goes on: it tells nothing of this again."""
        numbers: dict[str, Number] = {"moved": amount, "wallet": held.wallet}
        notice = Notice(self.account, kind, now, numbers=numbers)
        mark = EquityMark(self.account, now, held.equity, held.wallet)
        await self.ledger.commit(notice, mark)

    # -- what is compared with

    async def _begin(self, now: datetime) -> None:
        """With what the ledger has written down last, if nothing happened around it."""
        memory, mark = self._memory, await self.ledger.equity_before(self.account, now)
        if mark is None or mark.at > now:
            memory.began = now
            return
        if await self._is_quiet(mark.at):
            later = await self.ledger.booked(self.account, mark.at)
            cursor = await self.ledger.cursor(self.account)
            seq = later[0].activity.seq - 1 if later else cursor
            memory.anchor = Reading(mark.at, mark.wallet, seq)
        memory.began = mark.at

    def _believed(self, released: datetime | None) -> Reading | None:
        """Whatever is older than a person's yes has been looked into by that person."""
        memory = self._memory
        if memory.anchor and released and memory.anchor.at <= released:
            memory.anchor, memory.missing_since = None, None
        return memory.anchor

    async def _settle_on(self, reading: Reading) -> bool:
        """A reading becomes the anchor when, some time later, it is known that it was quiet."""
        memory = self._memory
        candidate = memory.candidate = memory.candidate or reading
        if reading.at - candidate.at < LAG:
            return False
        memory.candidate = None
        if not await self._is_quiet(candidate.at):
            return False
        memory.anchor = candidate
        return True

    async def _is_quiet(self, moment: datetime) -> bool:
        around = moment - QUIET, moment + QUIET
        booked = await self.ledger.booked(self.account, *around)
        return not booked and not await self.transfers.moved(*around)

    async def _expected(self, anchor: Reading, now: datetime) -> tuple[Decimal, Decimal]:
        """Counting what has happened since, and what was booked since: news may come late, or be
        dated back. Missing is what neither explains.
        """
        told = [b.activity for b in await self.ledger.booked(self.account, anchor.at - LATE)]
        before = anchor.wallet + await self.transfers.moved(anchor.at, now)
        happened = money(one for one in told if one.time >= anchor.at)
        booked = money(one for one in told if one.seq > anchor.seq)
        return before + min(happened, booked), before + max(happened, booked)
