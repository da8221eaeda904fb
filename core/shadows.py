"""What the cards that nobody said yes to would have made, walked over the bars that followed.

The same orders, matching and levels as a real paper trade, on a page of its own: entered at the
card's price when the card came, managed at every close, ended by stop, targets or time.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.intent import Role
from core.domain.market import Bar, Quote
from core.domain.paper import Book
from core.domain.trade import Exit, Kind, Trade, TradeStatus
from core.domain.trading import Fill, Order, OrderType, Refused
from core.errors import NoMarketData, UnknownSymbol
from core.execution.booking import book
from core.execution.levels import followed, is_over
from core.execution.names import named
from core.execution.orders import (
    close_order,
    entry_order,
    stop_order,
    target_amounts,
    target_order,
)
from core.margin import FUNDING_GRACE
from core.paper.costs import Costs
from core.paper.matching import match
from core.paper.page import Page
from core.paper.placing import submit, withdraw
from core.ports import Clock, Ledger, MarketData, Tape

PURSE = Decimal(10) ** 9
MOST_PAGES = 20
FOLLOWED = (Kind.SHADOW, Kind.COMMITTEE, Kind.RULES)


@dataclass(frozen=True, slots=True)
class Walk:
    """A trade and the page on which it happens."""

    trade: Trade
    page: Page

    def after(self, page: Page) -> "Walk":
        """Fold what is new on the page into the trade."""
        trade = self.trade
        for activity in page.activity[len(self.page.activity) :]:
            waits = isinstance(activity, Fill) and page.waiting(activity.client_order_id)
            trade = book(trade, activity, done=not waits)
        return Walk(trade, page)

    def place(self, order: Order, quote: Quote) -> "Walk":
        page = submit(self.page, order, quote, quote.time)
        return self if isinstance(page, Refused) else self.after(page)


def begun(trade: Trade, past: Sequence[Bar], instrument: Instrument, costs: Costs) -> Walk:
    """Entered. Of bars that closed before it came, only the funding counts that it still has to pay."""
    page = _page(trade, instrument, costs)
    stamps = tuple(stamp for bar in past for stamp in bar.funding)
    return _entered(trade, replace(page, stamps=stamps))


def onward(state: Walk, bars: Sequence[Bar], instrument: Instrument) -> Walk:
    """The walk after these bars; still open when they do not suffice."""
    for bar in bars:
        if not state.trade.is_live:
            break
        state = _managed(state.after(match(state.page, bar)), bar, instrument)
    return state


def _page(trade: Trade, instrument: Instrument, costs: Costs) -> Page:
    book = Book(symbol=trade.symbol, seen=trade.created_at, mark=trade.plan.reference)
    return Page(book=book, instrument=instrument, costs=costs, wallet=PURSE)


def _entered(trade: Trade, page: Page) -> Walk:
    """At the card's price, whatever the limit: it was within it when the card came."""
    quote = Quote(trade.symbol, trade.created_at, trade.plan.reference, trade.plan.reference)
    entry = replace(
        entry_order(trade, _name(trade, Role.ENTRY)), type=OrderType.MARKET, price=None
    )
    state = Walk(trade, page).place(entry, quote)
    if state.trade.status is TradeStatus.OPENING:
        over = replace(trade, status=TradeStatus.VOID, closed_at=trade.created_at)
        return Walk(over, state.page)
    state = state.place(stop_order(state.trade, _name(trade, Role.STOP)), quote)
    for place, price, amount in target_amounts(state.trade, page.instrument):
        name = named(trade.id, Role.TARGET, 1, place)
        state = state.place(target_order(state.trade, name, price, amount), quote)
    return state


def _managed(state: Walk, bar: Bar, instrument: Instrument) -> Walk:
    """What the desk does at a close: follow the price, or give up for time."""
    trade, quote = (
        state.trade,
        Quote(state.trade.symbol, bar.close_time, bar.candle.close, bar.mark.close),
    )
    if not trade.is_live:
        return state
    if is_over(trade, bar.close_time):
        ending = Walk(replace(trade, ending=Exit.TIME), state.page)
        close = close_order(trade, _name(trade, Role.CLOSE), trade.remaining)
        return ending.place(close, quote)
    moved = followed(trade, quote.last, instrument)
    if moved.stop == trade.stop:
        return Walk(moved, state.page)
    old = _name(trade, Role.STOP, trade.revision)
    page = withdraw(state.page, old)
    new = stop_order(moved, _name(moved, Role.STOP, moved.revision))
    return Walk(moved, page).place(new, quote)


def _name(trade: Trade, role: Role, number: int = 1) -> str:
    return named(trade.id, role, number)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a walk has come."""

    walk: Walk
    seen: datetime


@dataclass(frozen=True, slots=True)
class FollowShadows:
    """Close the shadows whose fate the market has decided by now.

    A tape tells a page at a time, so a walk goes on where it stopped; `stages` live as long as the
    process, and after a start each walk begins anew.
    """

    account: str
    clock: Clock
    ledger: Ledger
    market: MarketData
    tape: Tape
    costs: Costs
    stages: dict[tuple[Kind, str], Stage] = field(default_factory=dict)

    async def __call__(self) -> None:
        for kind in FOLLOWED:
            for shadow in await self.ledger.live_trades(self.account, kind):
                with suppress(UnknownSymbol, NoMarketData):
                    await self._follow(shadow)

    async def _follow(self, shadow: Trade) -> None:
        """Some pages and no more, since others wait at the close as well."""
        key, until = (shadow.kind, shadow.id), self.clock.now()
        stage = self.stages.get(key)
        for _ in range(MOST_PAGES):
            stage, before = await self._further(shadow, stage, until), stage
            if stage is None or stage is before or not stage.walk.trade.is_live:
                break
            self.stages[key] = stage
        if stage and not stage.walk.trade.is_live:
            self.stages.pop(key, None)
            await self.ledger.commit(stage.walk.trade)

    async def _further(self, shadow: Trade, stage: Stage | None, until: datetime) -> Stage | None:
        """A page further; the same where the tape tells no more, None while it has told nothing."""
        seen = stage.seen if stage else shadow.created_at - FUNDING_GRACE
        if stage and seen >= until:
            return stage
        bars = await self.tape.bars(shadow.symbol, seen, until)
        past = [bar for bar in bars if bar.close_time <= shadow.created_at]
        if len(bars) == len(past):
            return stage
        instrument = self.market.instrument(shadow.symbol)
        walk = stage.walk if stage else begun(shadow, past, instrument, self.costs)
        return Stage(onward(walk, bars[len(past) :], instrument), bars[-1].close_time)
