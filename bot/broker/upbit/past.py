"""What an Upbit account has lived through: the trades within its orders, for there is no other list.

A list of closed orders goes by when they were made, so it is asked a week further back than what is
new; orders that have filled no further since are not asked again. The fee is the order's, shared
among its trades by what they turned over. Whether a trade was a maker's is not told: what rested is
taken for one. Profit is against what the coins cost on average; where that is not known any more,
there is none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from bot.broker.names import Names
from bot.broker.ports import Entry, Span, Stream
from bot.broker.spans import whole
from bot.broker.told import Told, name_or_id, number, row, rows, text
from bot.broker.upbit.books import Books
from bot.broker.upbit.money import Money
from bot.broker.upbit.orders import NONE, OURS, time_of
from bot.broker.upbit.units import GRAIN
from bot.broker.wire import Wire
from core.domain.market import to_millis
from core.domain.trading import Fill, Liquidity, Side

WEEK, MOST = timedelta(days=7), 1_000
ORDERS = Stream("orders")


@dataclass(frozen=True, slots=True)
class Past:
    """`read` is how much of each order had been filled when its trades were last read."""

    wire: Wire
    names: Names
    books: Books
    money: Money
    read: dict[str, Decimal] = field(default_factory=dict)

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        return [ORDERS]

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        earlier = Span(span.start - WEEK, span.end)
        closed = await whole(self._closed, earlier, reach=WEEK, most=MOST)
        filled = [o for o in (*await self.books.waiting(), *closed) if _filled(o)]
        news = [o for o in filled if self.read.get(text(o, "uuid")) != _filled(o)]
        if any(OURS[text(order, "side")] is Side.SELL for order in news):
            await self.money.owned()
        return [entry for order in news for entry in await self._trades(text(order, "uuid"))]

    async def _closed(self, piece: Span) -> Sequence[Told]:
        times = {"start_time": to_millis(piece.start), "end_time": to_millis(piece.end)}
        return rows(await self.wire.ask("privateGetOrdersClosed", **times, limit=MOST))

    async def _trades(self, own: str) -> list[Entry]:
        order = row(await self.wire.ask("privateGetOrder", uuid=own))
        trades = rows(order["trades"])
        if text(order, "uuid") != own or sum(number(t, "volume") for t in trades) != _filled(
            order
        ):
            raise ValueError("not all trades of an order were told")
        turnover = sum((number(t, "funds") for t in trades), NONE)
        rate = number(order, "paid_fee") / turnover if turnover else NONE
        entries = [self._fill(order, trade, rate) for trade in trades]
        self.read[own] = _filled(order)
        return entries

    def _fill(self, order: Told, trade: Told, rate: Decimal) -> Entry:
        symbol, side = self.names.symbol(text(order, "market")), OURS[text(order, "side")]
        price, amount = number(trade, "price"), number(trade, "volume")
        cost = self.money.costs.get(symbol) or price
        rested = order.get("ord_type") == "limit" and not order.get("time_in_force")
        fill = Fill(
            seq=0,
            client_order_id=name_or_id(order, "identifier", "uuid"),
            symbol=symbol,
            side=side,
            price=price,
            amount=amount,
            fee=(number(trade, "funds") * rate).quantize(GRAIN, ROUND_DOWN),
            realized_pnl=(price - cost) * amount if side is Side.SELL else NONE,
            liquidity=Liquidity.MAKER if rested else Liquidity.TAKER,
            time=time_of(trade, "created_at"),
        )
        return Entry(f"fill {text(trade, 'uuid')}", fill)


def _filled(order: Told) -> Decimal:
    return number(order, "executed_volume")
