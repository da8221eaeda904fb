"""A clock that is told, a market made of bars, and a store that forgets when the test ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.instrument import Instrument
from core.domain.market import Bar, Quote
from core.domain.paper import PaperState
from core.domain.trading import Activity, OrderState
from core.errors import NoMarketData, UnknownSymbol
from tests.core.paper.builders import START, instrument, quote


class FakeClock:
    def __init__(self, now: datetime = START) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def advance(self, **delta: float) -> None:
        self.moment += timedelta(**delta)


class FakeMarket:
    """MarketData, Quotes and Tape over lists of bars.

    The price is what the test said last, else the open of the bar that is running.
    """

    def __init__(self, clock: FakeClock, bars: dict[str, list[Bar]]) -> None:
        self.clock = clock
        self.recorded = bars
        self.said: dict[str, str] = {}

    def says(self, symbol: str, price: str) -> None:
        self.said[symbol] = price

    async def snapshots(self, symbols, timeframe) -> tuple[()]:
        return ()

    def instrument(self, symbol: str) -> Instrument:
        if symbol not in self.recorded:
            raise UnknownSymbol(symbol=symbol)
        return instrument(symbol)

    async def quote(self, symbol: str) -> Quote:
        self.instrument(symbol)
        now = self.clock.now()
        if symbol in self.said:
            return quote(self.said[symbol], symbol, now)
        for bar in self.recorded[symbol]:
            if bar.candle.open_time <= now < bar.close_time:
                return Quote(symbol, now, bar.candle.open, bar.mark.open)
        raise NoMarketData(symbol=symbol)

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        return [bar for bar in self.recorded[symbol] if after < bar.close_time <= until]


class MemoryPaperStore:
    """`saves` counts the transactions; `breaks` makes the next one raise after it was written."""

    def __init__(self) -> None:
        self.states: dict[str, PaperState] = {}
        self.closed: dict[tuple[str, str], OrderState] = {}
        self.lived: dict[str, list[Activity]] = {}
        self.saves = 0
        self.breaks = False

    async def load(self, account: str) -> PaperState | None:
        return self.states.get(account)

    async def save(
        self,
        account: str,
        state: PaperState,
        *,
        closed: Sequence[OrderState] = (),
        activity: Sequence[Activity] = (),
    ) -> None:
        self.saves += 1
        known = self.states[account].books if account in self.states else {}
        self.states[account] = PaperState(state.wallet, state.seq, {**known, **state.books})
        self.closed |= {(account, one.order.client_order_id): one for one in closed}
        self.lived.setdefault(account, []).extend(activity)
        if self.breaks:
            self.breaks = False
            raise ConnectionError("the line broke after the commit")

    async def closed_order(self, account: str, client_order_id: str) -> OrderState | None:
        return self.closed.get((account, client_order_id))

    async def activity(self, account: str, after: int) -> tuple[Activity, ...]:
        return tuple(one for one in self.lived.get(account, []) if one.seq > after)
