"""What people ask to see: a card, the positions, how the desk is. Reads only, decides nothing."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.event import Event
from core.domain.instrument import Instrument
from core.domain.market import FundingRate, Origin, Quote
from core.domain.opinion import Decision
from core.domain.people import AccountSettings
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.snapshot import MarketSnapshot
from core.domain.trade import Trade
from core.domain.trading import Account, OrderState, Position
from core.errors import BrokerUnavailable, NoMarketData
from core.events import NO_EVENTS
from core.execution.protecting import ProtectPositions
from core.ports import Broker, Calendar, Clock, Ledger, MarketData, Quotes
from core.risk import OLDEST_PRICE, Standing
from core.standing import TakeStanding

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """Everything a proposal's card and chart show."""

    proposal: Proposal
    decision: Decision
    instrument: Instrument
    snapshot: MarketSnapshot | None
    settings: AccountSettings
    origin: Origin
    now: datetime


@dataclass(frozen=True, slots=True)
class ReadCard:
    clock: Clock
    market: MarketData
    ledger: Ledger
    origin: Origin

    async def __call__(self, proposal_id: str) -> CardFacts:
        """Raises NotFound."""
        proposal = await self.ledger.proposal(proposal_id)
        settings = await self.ledger.settings(proposal.account)
        symbol = proposal.plan.symbol
        snapshots = await self.market.snapshots((symbol,), settings.timeframe)
        return CardFacts(
            proposal=proposal,
            decision=await self.ledger.decision(proposal.candidate.decision_id),
            instrument=self.market.instrument(symbol),
            snapshot=snapshots[0] if snapshots else None,
            settings=settings,
            origin=self.origin,
            now=self.clock.now(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFacts:
    """A trade, its price now, and when its stop was last seen in the market."""

    trade: Trade
    instrument: Instrument
    quote: Quote
    now: datetime
    position: Position | None
    stop_seen: datetime | None
    funding: FundingRate | None
    next_funding: datetime | None
    settings: AccountSettings
    origin: Origin

    @property
    def is_old(self) -> bool:
        """Is the price so old that nobody would enter on it?"""
        return self.now - self.quote.time > OLDEST_PRICE

    @property
    def next_payment(self) -> Decimal | None:
        """What the open position gets (or pays: negative) at the next funding, if nothing changes."""
        if self.funding is None:
            return None
        value = self.trade.remaining * self.quote.mark
        return -self.trade.side.sign * self.funding.rate * value

    @property
    def closing_now(self) -> Decimal:
        """What the whole trade would have made if it ended here, after fees and funding."""
        fee = self.quote.last * self.trade.remaining * self.instrument.taker_fee
        return self.trade.net + self.trade.open_pnl(self.quote.last) - fee


@dataclass(frozen=True, slots=True)
class ReadPositions:
    clock: Clock
    broker: Broker
    quotes: Quotes
    market: MarketData
    ledger: Ledger
    protect: ProtectPositions
    account: str
    origin: Origin

    async def __call__(self) -> tuple[PositionFacts, ...]:
        """The open trades, oldest first."""
        held = await self._held()
        trades = await self.ledger.live_trades(self.account)
        settings = await self.ledger.settings(self.account)
        return tuple([await self._facts(trade, held, settings) for trade in trades])

    async def one(self, trade_id: str) -> PositionFacts:
        """Also a trade that is over. Raises NotFound."""
        settings = await self.ledger.settings(self.account)
        trade = await self.ledger.trade(trade_id)
        return await self._facts(trade, await self._held(), settings)

    async def orders(self) -> tuple[OrderState, ...]:
        return await self.broker.open_orders()

    async def _held(self) -> Account | None:
        """None while the venue is silent: the ledger knows what is open all the same."""
        try:
            return await self.broker.account()
        except BrokerUnavailable:
            return None

    async def _facts(
        self, trade: Trade, held: Account | None, settings: AccountSettings
    ) -> PositionFacts:
        rate, due = self.market.funding(trade.symbol)
        return PositionFacts(
            trade=trade,
            instrument=self.market.instrument(trade.symbol),
            quote=await self.quotes.quote(trade.symbol),
            now=self.clock.now(),
            position=held.position(trade.symbol) if held else None,
            stop_seen=self.protect.seen.get(trade.id),
            funding=rate,
            next_funding=due,
            settings=settings,
            origin=self.origin,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """How the desk is, on one screen."""

    now: datetime
    account: Account
    settings: AccountSettings
    standing: Standing
    quotes: Mapping[str, Quote]
    instruments: Mapping[str, Instrument]
    waiting: tuple[Proposal, ...]
    looks: int
    proposals: int
    next_look: datetime
    origin: Origin
    events: tuple[Event, ...] = ()
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class ReadStatus:
    account: str
    clock: Clock
    broker: Broker
    quotes: Quotes
    market: MarketData
    ledger: Ledger
    stand: TakeStanding
    origin: Origin
    calendar: Calendar = NO_EVENTS

    async def __call__(self) -> StatusFacts:
        now = self.clock.now()
        settings = await self.ledger.settings(self.account)
        week = await self.ledger.proposals(self.account, start=now - WEEK)
        duration = settings.timeframe.duration
        return StatusFacts(
            now=now,
            account=await self.broker.account(),
            settings=settings,
            standing=await self.stand(),
            quotes=await self._quotes(settings.symbols),
            instruments={s: self.market.instrument(s) for s in settings.symbols},
            waiting=await self.ledger.proposals(self.account, status=ProposalStatus.PENDING),
            looks=await self.ledger.looks(now - WEEK, now + duration),
            proposals=sum(p.status is not ProposalStatus.REPLACED for p in week),
            next_look=settings.timeframe.floor(now) + duration,
            origin=self.origin,
            events=await self._near(now),
            accuracy=self.market.agreement(),
        )

    async def _near(self, now: datetime) -> tuple[Event, ...]:
        """What forbids entries within a day, as long as it is not over."""
        found = await self.calendar.events(now - DAY, now + DAY)
        return tuple(event for event in found if event.forbids and event.ends > now)

    async def _quotes(self, symbols: Sequence[str]) -> dict[str, Quote]:
        """Symbols without a price just now are left out."""
        found = {}
        for symbol in symbols:
            with suppress(NoMarketData):
                found[symbol] = await self.quotes.quote(symbol)
        return found
