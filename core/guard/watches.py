"""What is looked at again and again: losses, refusals, two words for one price, clock and disk."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.calendar import day_start, month_start, week_start
from core.domain.intent import IntentStatus
from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from core.domain.trading import Position
from core.errors import NoMarketData, UnknownSymbol
from core.guard.anomalies import FREE_DISK, JUMP, REJECTS, REJECTS_WITHIN, diverged
from core.guard.caps import STANDARD, Caps
from core.guard.entering import told_by_the_gate
from core.guard.ports import Disk, Jumps, Sent
from core.guard.words import share
from core.losses import Losses
from core.ports import Broker, Clock, MarketData, Quotes
from core.risk import OLDEST_PRICE, Period


@dataclass(frozen=True, slots=True)
class WatchLosses:
    """A period that has lost its hard cap enters nothing more until it is over; a loss that may be
    a withdrawal, which is told late, has to last.
    """

    clock: Clock
    broker: Broker
    losses: Losses
    caps: Caps = STANDARD
    since: dict[Period, datetime] = field(default_factory=dict)

    async def __call__(self, _settings: AccountSettings) -> tuple[Cause, ...]:
        now, equity = self.clock.now(), (await self.broker.account()).equity
        started, ends = await self.losses.started(now), period_ends(now)
        lost = {
            period: (start - equity) / start
            for period, start in started.items()
            if period in ends and start > 0 and start - equity >= start * self.caps.loss(period)
        }
        return tuple(
            Cause(Reason(period.rule.value), now, f"{lost[period]:.2%}", ends[period])
            for period in self._lasting(lost, now)
        )

    def _lasting(self, lost: Collection[Period], now: datetime) -> Iterator[Period]:
        for period in self.since.keys() - lost:
            del self.since[period]
        for period in lost:
            if now - self.since.setdefault(period, now) >= self.losses.transfers.lag:
                yield period


def period_ends(now: datetime) -> dict[Period, datetime]:
    """When what is lost is forgotten; thirty days have no end of their own."""
    return {
        Period.DAY: day_start(now) + timedelta(days=1),
        Period.WEEK: week_start(now) + timedelta(days=7),
        Period.MONTH: month_start(month_start(now) + timedelta(days=31)),
    }


@dataclass(frozen=True, slots=True)
class WatchRejects:
    """Does the venue refuse one order after the other?"""

    account: str
    clock: Clock
    sent: Sent

    async def __call__(self, settings: AccountSettings) -> tuple[Cause, ...]:
        now = self.clock.now()
        start = max(now - REJECTS_WITHIN, settings.released_at or now - REJECTS_WITHIN)
        refused = [
            one.code
            for one in await self.sent.since(self.account, start)
            if one.status is IntentStatus.REFUSED and not told_by_the_gate(one.code)
        ]
        if len(refused) < REJECTS:
            return ()
        return (Cause(Reason.REJECTS, now, f"{len(refused)} × {refused[-1]}"),)


@dataclass(frozen=True, slots=True)
class WatchPrices:
    """Do the account's venue and our quotes tell one price? Twice in a row they must not."""

    clock: Clock
    broker: Broker
    quotes: Quotes
    market: MarketData
    doubted: set[str] = field(default_factory=set)

    async def __call__(self, _settings: AccountSettings) -> tuple[Cause, ...]:
        positions = (await self.broker.account()).positions
        apart = {p.symbol: far for p in positions if (far := await self._apart(p))}
        again = apart.keys() & self.doubted
        self.doubted.clear()
        self.doubted.update(apart)
        now = self.clock.now()
        return tuple(
            Cause(Reason.DIVERGENCE, now, share(symbol, apart[symbol])) for symbol in sorted(again)
        )

    async def _apart(self, position: Position) -> Decimal | None:
        """Without a fresh price of the venue itself there is nothing to compare."""
        try:
            quote = await self.quotes.quote(position.symbol)
            instrument = self.market.instrument(position.symbol)
        except (NoMarketData, UnknownSymbol):
            return None
        if quote.elsewhere or self.clock.now() - quote.time > OLDEST_PRICE:
            return None
        return diverged(position.mark_price, quote.mark, instrument)


@dataclass(frozen=True, slots=True)
class WatchClock:
    """A clock that jumps, or a machine that slept: nothing that was waited for is what it was."""

    clock: Clock
    jumps: Jumps

    async def __call__(self, _settings: AccountSettings) -> tuple[Cause, ...]:
        jumped = self.jumps.jumped()
        if abs(jumped) <= JUMP:
            return ()
        return (Cause(Reason.CLOCK, self.clock.now(), f"{jumped.total_seconds():+,.1f} s"),)


@dataclass(frozen=True, slots=True)
class WatchDisk:
    """A ledger that cannot be written is a desk that cannot act."""

    clock: Clock
    disk: Disk

    async def __call__(self, _settings: AccountSettings) -> tuple[Cause, ...]:
        free = self.disk.free()
        if free is None or free >= FREE_DISK:
            return ()
        return (Cause(Reason.DISK, self.clock.now(), f"{free // 2**20} MiB"),)
