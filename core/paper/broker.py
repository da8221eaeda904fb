"""A broker made of paper: real prices, invented money, the same answers as a venue."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.market import FundingStamp, Quote
from core.domain.paper import Book, PaperState
from core.domain.trading import (
    Account,
    Activity,
    Order,
    OrderState,
    OrderType,
    Outcome,
    Placed,
    Refused,
)
from core.errors import NoMarketData, UnknownSymbol
from core.margin import FUNDING_GRACE
from core.paper.account import Marked, idle_seen, only, open_page, put_back, summary
from core.paper.costs import LOOKBACKS, STANDARD, Costs
from core.paper.matching import match
from core.paper.page import Page
from core.paper.placing import submit, withdraw
from core.paper.replay import passages
from core.ports import Clock, MarketData, PaperStore, Quotes, Tape

ARRIVAL = timedelta(seconds=10)


class PaperBroker:
    """One account. Every change reaches the store, in one call, before it is believed here; when
    that call was interrupted, the store is asked what it knows.

    `place` and `cancel` first live through what has closed meanwhile, so that no order is matched
    against a time before it, and none is taken back that had been hit.
    """

    def __init__(
        self,
        *,
        account: str,
        opening_balance: Decimal,
        clock: Clock,
        quotes: Quotes,
        tape: Tape,
        market: MarketData,
        store: PaperStore,
        costs: Costs = STANDARD,
    ) -> None:
        self._name = account
        self._clock = clock
        self._quotes = quotes
        self._tape = tape
        self._market = market
        self._store = store
        self._costs = costs
        self._state = PaperState(opening_balance, 0, {})
        self._is_certain = False
        self._turn = asyncio.Lock()

    @property
    def arrival(self) -> timedelta:
        """Paper is quick; but its store may have been interrupted."""
        return ARRIVAL

    async def load(self) -> None:
        """Wake up where the store left off, or open the account."""
        async with self._turn:
            await self._load()

    async def advance(self) -> None:
        """Live through every bar that has closed since each book was last seen."""
        async with self._turn:
            await self._catch_up(self._clock.now())

    async def place(self, order: Order) -> Outcome:
        async with self._turn:
            now = self._clock.now()
            await self._catch_up(now)
            if await self.find(order):
                return Placed(order.client_order_id)
            try:
                quote = await self._quotes.quote(order.symbol)
                page = await self._page_for(order, quote, now)
            except UnknownSymbol:
                return Refused(order.client_order_id, "symbol")
            except NoMarketData:
                return Refused(order.client_order_id, "no_market_data")
            return await self._submit(page, order, quote, now)

    async def cancel(self, order: Order) -> None:
        async with self._turn:
            await self._catch_up(self._clock.now())
            for book in self._state.books.values():
                page = self._page(self._state, book)
                if page.waiting(order.client_order_id):
                    await self._keep(withdraw(page, order.client_order_id))
                    return

    async def find(self, order: Order) -> OrderState | None:
        for state in await self.open_orders():
            if state.order.client_order_id == order.client_order_id:
                return state
        return await self._store.closed_order(self._name, order.client_order_id)

    async def open_orders(self) -> tuple[OrderState, ...]:
        return tuple(state for book in self._state.books.values() for state in book.orders)

    async def activity(self, after: int, _symbols: Collection[str] = ()) -> tuple[Activity, ...]:
        return await self._store.activity(self._name, after)

    async def account(self) -> Account:
        """Open profit at the mark of the quote, or at the last mark seen where there is none."""
        state = self._state
        marked = [
            Marked(self._market.instrument(book.symbol), book.holding, await self._mark(book))
            for book in state.books.values()
            if book.holding
        ]
        return summary(state, marked)

    async def _mark(self, book: Book) -> Decimal:
        try:
            return (await self._quotes.quote(book.symbol)).mark
        except NoMarketData:
            return book.mark

    async def _load(self) -> None:
        stored = await self._store.load(self._name)
        if stored is None:
            await self._store.save(self._name, self._state)
        self._state = stored or self._state
        self._is_certain = True

    async def _catch_up(self, now: datetime) -> None:
        if not self._is_certain:
            await self._load()
        state = self._state
        closed: list[OrderState] = []
        activity: list[Activity] = []
        live = [book for book in state.books.values() if not book.is_empty]
        lived = await passages(self._tape, live, now)
        for passage in lived:
            page = self._page(state, state.books[passage.symbol], passage.stamps)
            page = match(page, passage.bar)
            state = put_back(state, page)
            closed += page.closed
            activity += page.activity
        if lived:
            await self._save(state, {passage.symbol for passage in lived}, closed, activity)
        self._state = idle_seen(state, now)

    async def _page_for(self, order: Order, quote: Quote, now: datetime) -> Page:
        fresh = Book(symbol=order.symbol, seen=now, mark=quote.mark)
        book = replace(self._state.books.get(order.symbol, fresh), mark=quote.mark)
        return self._page(self._state, book, await self._stamps(order, now))

    async def _submit(self, page: Page, order: Order, quote: Quote, now: datetime) -> Outcome:
        after = submit(page, order, quote, now, await self._volume(order, now))
        if isinstance(after, Refused):
            return after
        await self._keep(after)
        return Placed(order.client_order_id)

    async def _stamps(self, order: Order, now: datetime) -> tuple[FundingStamp, ...]:
        """Funding that an opening at this moment still has to pay."""
        if order.reduce_only:
            return ()
        bars = await self._tape.bars(order.symbol, now - FUNDING_GRACE, now)
        return tuple(stamp for bar in bars for stamp in bar.funding)

    async def _volume(self, order: Order, now: datetime) -> Decimal | None:
        """The last closed candle's, for the one order that asks what it may take at once."""
        if order.type is not OrderType.IOC:
            return None
        for lookback in LOOKBACKS:
            bars = await self._tape.bars(order.symbol, now - lookback, now)
            if bars:
                return bars[-1].candle.volume
        return None

    def _page(self, state: PaperState, book: Book, stamps: tuple[FundingStamp, ...] = ()) -> Page:
        instrument = self._market.instrument(book.symbol)
        return open_page(state, book, instrument, self._costs, stamps)

    async def _keep(self, page: Page) -> None:
        state = put_back(self._state, page)
        await self._save(state, {page.book.symbol}, page.closed, page.activity)

    async def _save(
        self,
        state: PaperState,
        symbols: set[str],
        closed: Sequence[OrderState],
        activity: Sequence[Activity],
    ) -> None:
        self._is_certain = False
        await self._store.save(self._name, only(state, symbols), closed=closed, activity=activity)
        self._state = state
        self._is_certain = True
