"""Gather from broker and ledger where an account stands, as the risk rules want to know it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.calendar import day_start
from core.domain.intent import IntentStatus, Role
from core.domain.people import AccountSettings, Limits
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.trade import Trade, TradeStatus
from core.domain.trading import Account
from core.events import NO_EVENTS, resting_for
from core.losses import NO_TRANSFERS, Losses
from core.ports import Broker, Calendar, Clock, Ledger, MarketData, Quotes, Transfers, Truth
from core.risk import OpenRisk, Period, Standing
from core.risk.rests import STOPPED, barometer, stopped_twice
from core.risk.shock import shock_until


@dataclass(frozen=True, slots=True)
class TakeStanding:
    """One account's standing now. Unknown is never zero: whatever cannot be read raises. Without a
    `truth` the account is the desk's own invention, and always what it seems.
    """

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    quotes: Quotes
    market: MarketData
    calendar: Calendar = NO_EVENTS
    truth: Truth | None = None
    transfers: Transfers = NO_TRANSFERS

    async def __call__(self) -> Standing:
        now, account = self.clock.now(), await self.broker.account()
        settings = await self.ledger.settings(self.account)
        recent = await self.ledger.closed_trades(self.account, now - timedelta(days=3))
        stops = [trade for trade in recent if trade.exit in STOPPED]
        proposals = await self.ledger.proposals(self.account, start=day_start(now))
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        return Standing(
            now=now,
            equity=account.equity,
            free_margin=account.free_margin,
            started=await self._started(now, account),
            open=await self.risks(await self.ledger.live_trades(self.account)),
            waiting=frozenset(proposal.plan.symbol for proposal in waiting),
            rests_until=await self._resting(rests(stops, settings.limits)),
            two_stops_until=two_stops(recent, settings.limits),
            shock_until=await self._shock(settings),
            event=await resting_for(self.calendar, now),
            proposals_today=sum(p.status is not ProposalStatus.REPLACED for p in proposals),
            strange=await self._strange(),
            reconciled=self.truth is None or self.truth.is_reconciled,
        )

    async def _resting(self, until: dict[str, datetime]) -> dict[str, datetime]:
        """A close that nobody has heard of may still come, and would sell what is bought meanwhile."""
        for intent in await self.ledger.intents(self.account, (IntentStatus.SENDING,)):
            if intent.role is Role.CLOSE:
                symbol = intent.order.symbol
                latest = (intent.sent_at or intent.created_at) + self.broker.arrival
                until[symbol] = max(latest, until.get(symbol, latest))
        return until

    async def _strange(self) -> frozenset[str]:
        found = await self.ledger.strangers(self.account)
        return frozenset(stranger.symbol for stranger in found if stranger.is_there)

    async def _started(self, now: datetime, account: Account) -> dict[Period, Decimal]:
        """A period that began before the desk did has lost nothing yet."""
        losses = Losses(account=self.account, ledger=self.ledger, transfers=self.transfers)
        return dict.fromkeys(Period, account.equity) | await losses.started(now)

    async def risks(self, trades: Sequence[Trade]) -> tuple[OpenRisk, ...]:
        """What each of these live trades still risks."""
        return tuple([await self._risk(trade) for trade in trades])

    async def _risk(self, trade: Trade) -> OpenRisk:
        plan = trade.plan
        if trade.status is TradeStatus.OPENING:
            return OpenRisk(trade.symbol, trade.side, plan.risk, plan.risk, plan.notional)
        mark = (await self.quotes.quote(trade.symbol)).mark
        fee = self.market.instrument(trade.symbol).taker_fee * trade.stop * trade.remaining
        return OpenRisk(
            symbol=trade.symbol,
            side=trade.side,
            to_stop=trade.risk_from(mark) + fee,
            at_entry=trade.risk_from(trade.entry_price),
            notional=trade.remaining * mark,
        )

    async def _shock(self, settings: AccountSettings) -> datetime | None:
        """Coins are one bet: when Bitcoin jumps, nobody enters anything."""
        symbol = barometer(settings.symbols)
        snapshots = await self.market.snapshots((symbol,), settings.timeframe)
        return shock_until(snapshots[0].frame) if snapshots else None


@dataclass(slots=True)
class OneLook:
    """One look at the account for all cards of a round, which holds the lane: it is as old as the
    round, and what the round itself adds is counted. Nothing is entered on it: whoever approves a
    card stands anew, and the gate reads the account once more.
    """

    stand: TakeStanding
    seen: Standing | None = None

    async def __call__(self) -> Standing:
        if self.seen is None:
            self.seen = await self.stand()
        return self.seen

    def add(self, card: Proposal) -> None:
        if self.seen is not None:
            waiting = {card.plan.symbol} if card.is_pending else set()
            self.seen = replace(
                self.seen,
                waiting=self.seen.waiting | waiting,
                proposals_today=self.seen.proposals_today + 1,
            )


def rests(stops: Sequence[Trade], limits: Limits) -> dict[str, datetime]:
    """Until when each symbol rests after its last stop."""
    return {t.symbol: t.closed_at + limits.cool_down for t in stops if t.closed_at}


def two_stops(recent: Sequence[Trade], limits: Limits) -> datetime | None:
    """Two stops in a row within a day send the whole desk to rest."""
    ended = [t for t in recent if t.closed_at]
    last = sorted(ended, key=lambda t: (t.closed_at, t.created_at, t.symbol))[-2:]
    stops = [t.closed_at for t in last if t.exit in STOPPED and t.closed_at]
    return stopped_twice(stops, limits) if len(stops) == 2 else None
