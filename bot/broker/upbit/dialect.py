"""How Upbit says what every broker promises, as far as it can: it knows no stops and no leverage."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.upbit.books import Books
from bot.broker.upbit.codes import CODES
from bot.broker.upbit.money import WON, Money
from bot.broker.upbit.past import Past
from bot.broker.wire import Wire
from core.domain.trading import Account, Order, OrderState, OrderType, Side

GUARDED = frozenset({OrderType.STOP_MARKET, OrderType.TAKE_PROFIT})


class UpbitDialect:
    """What is sent carries no time, so nothing proves that it will not arrive late."""

    codes = CODES
    arrival = timedelta(seconds=120)

    def __init__(self, wire: Wire, names: Names) -> None:
        self._money = Money(wire, names)
        self._books = Books(wire, names, self._money)
        self._past = Past(wire, names, self._books, self._money)

    def unable(self, order: Order) -> str:
        """What waits for a price is guarded by the desk; only who buys opens something."""
        if order.type in GUARDED:
            return "guarded"
        if not order.symbol.endswith(f"/{WON}"):
            return "quote"
        opens_short = order.side is Side.SELL and not order.reduce_only
        closes_short = order.side is Side.BUY and order.reduce_only
        if opens_short or closes_short:
            return "short"
        return "leverage" if order.leverage != 1 and not order.reduce_only else ""

    async def is_pointless(self, order: Order) -> bool:
        return False

    async def prove(self, order: Order) -> bool:
        """There is nothing to set."""
        return True

    async def send(self, order: Order) -> Answer:
        return await self._books.send(order)

    async def cancel(self, order: Order) -> None:
        await self._books.cancel(order)

    async def find(self, order: Order) -> OrderState | None:
        return await self._books.find(order)

    async def open_orders(self) -> tuple[OrderState, ...]:
        return await self._books.open_orders()

    async def account(self) -> Account:
        return await self._money.account()

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        return self._past.streams(symbols)

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        return await self._past.lived(stream, span)

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """A key that may only trade is not told of them."""
        return ()
