"""How OKX says what every broker promises."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.okx.books import Books
from bot.broker.okx.codes import CODES
from bot.broker.okx.money import Money
from bot.broker.okx.past import Past
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.quotes import not_in_usdt
from bot.broker.wire import Wire
from core.domain.trading import Account, Order, OrderState


class OkxDialect:
    """An order carries the time it was sent at, which the venue lets expire after 30 s."""

    codes = CODES
    arrival = timedelta(seconds=30 + 1 + 9)

    def __init__(self, wire: Wire, names: Names) -> None:
        self._money = Money(wire, names)
        self._books = Books(wire, names, self._money)
        self._past = Past(wire, names)

    def unable(self, order: Order) -> str:
        return not_in_usdt(order)

    async def is_pointless(self, order: Order) -> bool:
        return False

    async def prove(self, order: Order) -> bool:
        return await self._money.prove(order.symbol, order.leverage)

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
        return await self._past.transfers(span)
