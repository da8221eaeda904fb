"""A venue's streams as lines that are kept alive: candles, marks, the top of the book, liquidations."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.errors import VenueUnavailable
from bot.exchanges.abilities import Ability
from bot.exchanges.asking import Asker
from bot.exchanges.connections import Connections
from bot.exchanges.contracts import contract_size
from bot.exchanges.ears import overhear
from bot.exchanges.prices import positive, with_marks
from bot.live.feed import Feed
from bot.live.liquidations import Liquidation
from bot.live.listening import Line
from bot.live.prices import Price
from core.domain.market import Timeframe, exact, from_millis, to_millis
from core.errors import UnknownSymbol

CHUNK = 100
ONE_BY_ONE = 20
CANDLE_PATIENCE = timedelta(seconds=20)
MARK_PATIENCE = timedelta(seconds=15)
QUIET_PATIENCE = timedelta(hours=6)
Pair = tuple[str, Timeframe]


@dataclass
class CcxtStreams:
    """Tells a feed whatever a venue calls out."""

    ask: Asker
    feed: Feed
    _connections: Connections = field(init=False)
    _lost: asyncio.Event = field(default_factory=asyncio.Event)
    _candle_line: Line | None = None
    _followed: frozenset[str] = frozenset()
    _stamps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connections = Connections(self.ask.client)
        overhear(self.ask.client, self.ask.venue, self._candle, self._maybe_lost)

    def lines(self, symbols: Sequence[str], timeframes: Sequence[Timeframe]) -> tuple[Line, ...]:
        self._followed = frozenset(symbols)
        return tuple(self._lines(symbols, timeframes))

    def _lines(self, symbols: Sequence[str], timeframes: Sequence[Timeframe]) -> Iterator[Line]:
        """The prices of many are read where they are not streamed for all."""
        can, pairs = self.ask.can, [(s, frame) for s in symbols for frame in timeframes]
        few = len(symbols) <= ONE_BY_ONE
        streams_prices = few or self.ask.venue.streams_all
        if can(Ability.STREAM_CANDLES):
            self._candle_line = self._line("candles", CANDLE_PATIENCE, self._candles(pairs))
            yield self._candle_line
        if streams_prices and can(Ability.STREAM_MARKS):
            marks = self._repeated("watch_mark_prices", symbols, self._marks)
            yield self._line("mark prices", MARK_PATIENCE, marks)
        elif streams_prices and can(Ability.STREAM_TICKERS):
            tickers = self._repeated("watch_tickers", symbols, self._marks)
            yield self._line("prices", CANDLE_PATIENCE, tickers)
        if few and can(Ability.STREAM_BOOK_TOP):
            tops = self._repeated("watch_bids_asks", symbols, self._tops)
            yield self._line("order book", CANDLE_PATIENCE, tops)
        if streams_prices and can(Ability.STREAM_LIQUIDATIONS):
            forced = self._repeated("watch_liquidations_for_symbols", symbols, self._forced)
            yield self._line("liquidations", QUIET_PATIENCE, forced)

    def _line(
        self, name: str, patience: timedelta, listen: Callable[[Line], Awaitable[None]]
    ) -> Line:
        async def through(line: Line) -> None:
            self._connections.begin(line)
            await listen(line)

        return Line(f"{self.ask.venue.title}: {name}", self.feed.clock, patience, through)

    async def drop(self, line: Line | None = None) -> None:
        if line:
            await self._connections.close(line)
        else:
            await self._connections.close_all()

    def _maybe_lost(self) -> None:
        """A connection has ended; candles may have come through another."""
        if self._candle_line and not self._connections.are_whole(self._candle_line):
            self._lost.set()

    def _candles(self, pairs: Sequence[Pair]) -> Callable[[Line], Awaitable[None]]:
        async def listen(_line: Line) -> None:
            self._lost.clear()
            try:
                async with asyncio.TaskGroup() as tasks:
                    for call in self._subscriptions(pairs):
                        tasks.create_task(call)
                    tasks.create_task(self._until_lost())
            except* (VenueUnavailable, UnknownSymbol) as errors:
                raise errors.exceptions[0] from None

        return listen

    def _subscriptions(self, pairs: Sequence[Pair]) -> Iterator[Any]:
        """Ccxt subscribes with the first call and would wait for the first candle."""
        if self.ask.can(Ability.STREAM_MANY_CANDLES):
            for start in range(0, len(pairs), CHUNK):
                wanted = [[s, frame.value] for s, frame in pairs[start : start + CHUNK]]
                yield self.ask("watch_ohlcv_for_symbols", wanted)
        else:
            for symbol, frame in pairs:
                yield self.ask("watch_ohlcv", symbol, frame.value)

    async def _until_lost(self) -> None:
        await self._lost.wait()
        raise VenueUnavailable(f"{self.ask.venue.title}: the connection has ended")

    def _candle(
        self, symbol: str, timeframe: Timeframe, row: Sequence[float], is_final: bool
    ) -> None:
        if self._candle_line:
            self._candle_line.touch()
        opened, *told = row
        if self.ask.venue.counts_contracts:
            told[4] *= contract_size(self.ask.client.markets[symbol])
        self.feed.hear_candle(symbol, timeframe, int(opened), told, final=is_final)
        newest = self.feed.book(symbol, timeframe).newest
        if timeframe is Timeframe.M1 and opened == newest:
            now = self.feed.clock.now()
            self.feed.hear_price(symbol, Price(time=now, last=exact(told[3])))

    def _repeated(
        self, call: str, symbols: Sequence[str], hear: Callable[[Any], None]
    ) -> Callable[[Line], Awaitable[None]]:
        """Few symbols are subscribed one by one, many by the stream of all."""
        wanted = list(symbols) if len(symbols) <= ONE_BY_ONE else None

        async def listen(line: Line) -> None:
            while True:
                told = await self.ask(call, wanted)
                line.touch()
                hear(told)

        return listen

    def _marks(self, told: Mapping[str, Mapping[str, Any]]) -> None:
        """The stream of all tells hundreds that nobody follows."""
        for symbol, heard in _each(told):
            if symbol in self._followed and self._is_newer(symbol, heard.get("timestamp")):
                self.feed.hear_price(symbol, self._price(heard))

    def _is_newer(self, symbol: str, stamp: int | None) -> bool:
        """Words may overtake each other on their way; one from the future outdates none that follow."""
        if stamp is None:
            return True
        before = self._stamps.get(symbol, 0)
        self._stamps[symbol] = max(before, min(stamp, to_millis(self.feed.clock.now())))
        return stamp >= before

    def _price(self, heard: Mapping[str, Any]) -> Price:
        ticker = with_marks(heard, self.ask.venue)
        return Price(
            time=self.feed.clock.now(),
            last=None if self.ask.can(Ability.STREAM_MARKS) else positive(ticker.get("last")),
            mark=positive(ticker.get("markPrice")),
            index=positive(ticker.get("indexPrice")),
        )

    def _tops(self, told: Mapping[str, Mapping[str, Any]]) -> None:
        for symbol, ticker in _each(told):
            bid, ask = positive(ticker.get("bid")), positive(ticker.get("ask"))
            self.feed.hear_price(symbol, Price(time=self.feed.clock.now(), bid=bid, ask=ask))

    def _forced(self, told: Sequence[Mapping[str, Any]]) -> None:
        """The stream of all tells hundreds that nobody follows."""
        for one in told:
            if str(one["symbol"]) in self._followed:
                self._liquidated(one)

    def _liquidated(self, one: Mapping[str, Any]) -> None:
        stamp = one.get("timestamp")
        time = from_millis(int(stamp)) if stamp else self.feed.clock.now()
        value = float(one.get("quoteValue") or _value(one))
        liquidation = Liquidation(time, one.get("side") == "sell", value)
        self.feed.liquidations.hear(str(one["symbol"]), liquidation)


def _each(told: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Some venues answer one ticker, others several by their symbols."""
    if "symbol" in told and isinstance(told["symbol"], str):
        yield told["symbol"], told
        return
    yield from told.items()


def _value(one: Mapping[str, Any]) -> float:
    amount = float(one.get("contracts") or 0) * float(one.get("contractSize") or 1)
    return amount * float(one.get("price") or 0)
