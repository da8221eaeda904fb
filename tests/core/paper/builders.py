"""Bars, orders and pages with everything a paper test is not about left at its default."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import Bar, Candle, FundingStamp, Quote
from core.domain.paper import Book
from core.domain.trading import Activity, Fill, FundingPayment, Order, OrderType, Refused, Side
from core.paper.costs import Costs
from core.paper.page import Page
from core.paper.placing import submit

BTC = "BTC/USDT:USDT"
ETH = "ETH/USDT:USDT"
START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
FREE = Costs(slippage=Decimal(0), volume_share=Decimal(1))
HOUR = timedelta(hours=1)
FALLING = ["100 101 99 100", "100 101 94 96", "96 97 90 91", "91 92 90 91"]


def instrument(symbol: str = BTC, **changes) -> Instrument:
    """One percent maintenance, two basis points maker, five taker."""
    terms = {
        "tick_size": Decimal("0.1"),
        "step_size": Decimal("0.001"),
        "min_notional": Decimal(5),
        "max_leverage": 50,
        "maker_fee": Decimal("0.0002"),
        "taker_fee": Decimal("0.0005"),
        "tiers": (MaintenanceTier(Decimal(0), Decimal("0.01")),),
        "gap": Decimal("0.05"),
    }
    return Instrument(symbol=symbol, **{**terms, **changes})


def candle(opened: datetime, prices: str, volume: str = "1000") -> Candle:
    """`prices` are open, high, low and close, as in "100 110 90 105"."""
    open_, high, low, close = map(Decimal, prices.split())
    return Candle(opened, open_, high, low, close, Decimal(volume))


def bar(prices: str, *, hour: int = 0, mark: str = "", volume: str = "1000", funding=()) -> Bar:
    """The one-hour bar that opens `hour` hours after the start."""
    opened = START + hour * HOUR
    return Bar(
        candle(opened, prices, volume),
        candle(opened, mark or prices, volume),
        opened + HOUR,
        tuple(funding),
    )


def bars(prices: list[str], **more) -> list[Bar]:
    return [bar(one, hour=hour, **more) for hour, one in enumerate(prices)]


def named(client_order_id: str) -> Order:
    """Enough of an order to ask for it by its name."""
    return Order(
        client_order_id=client_order_id,
        symbol=BTC,
        side=Side.BUY,
        type=OrderType.MARKET,
        amount=Decimal(1),
    )


def stamp(rate: str, mark: str, time: datetime = START + HOUR) -> FundingStamp:
    return FundingStamp(time, Decimal(rate), Decimal(mark))


def order(
    kind: OrderType,
    side: Side,
    amount: str = "1",
    price: str | None = None,
    *,
    name: str = "",
    reduce_only: bool = False,
    leverage: int = 1,
    symbol: str = BTC,
) -> Order:
    waits = kind in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}
    at = Decimal(price) if price else None
    return Order(
        client_order_id=name or f"{kind}-{side}",
        symbol=symbol,
        side=side,
        type=kind,
        amount=Decimal(amount),
        price=None if waits else at,
        stop_price=at if waits else None,
        reduce_only=reduce_only,
        leverage=leverage,
    )


def market(side: Side, amount: str = "1", **more) -> Order:
    return order(OrderType.MARKET, side, amount, **more)


def limit(side: Side, amount: str, price: str, **more) -> Order:
    return order(OrderType.LIMIT, side, amount, price, **more)


def ioc(side: Side, amount: str, price: str, **more) -> Order:
    return order(OrderType.IOC, side, amount, price, **more)


def stop(side: Side, amount: str, price: str, **more) -> Order:
    return order(OrderType.STOP_MARKET, side, amount, price, **{"reduce_only": True, **more})


def target(side: Side, amount: str, price: str, **more) -> Order:
    return order(OrderType.TAKE_PROFIT, side, amount, price, **{"reduce_only": True, **more})


def page(wallet: str = "1000", costs: Costs = FREE, **more) -> Page:
    book = Book(symbol=BTC, seen=START, mark=Decimal(100))
    return Page(book=book, instrument=instrument(), wallet=Decimal(wallet), costs=costs, **more)


def quote(last: str, symbol: str = BTC, at: datetime = START) -> Quote:
    return Quote(symbol, at, Decimal(last), Decimal(last))


def placed(before: Page, *orders: Order, last: str = "100", at: datetime = START) -> Page:
    for one in orders:
        after = submit(before, one, quote(last), at)
        assert not isinstance(after, Refused), after.code
        before = after
    return before


def long(amount: str = "1", *, leverage: int = 1, **more) -> Page:
    """A long entered at 100."""
    return placed(page(**more), market(Side.BUY, amount, name="entry", leverage=leverage))


def short(amount: str = "1", *, leverage: int = 1, **more) -> Page:
    """A short entered at 100."""
    return placed(page(**more), market(Side.SELL, amount, name="entry", leverage=leverage))


def fills(activity: tuple[Activity, ...]) -> list[Fill]:
    return [one for one in activity if isinstance(one, Fill)]


def payments(activity: tuple[Activity, ...]) -> list[FundingPayment]:
    return [one for one in activity if isinstance(one, FundingPayment)]


def exits(after: Page) -> list[tuple[str, Decimal]]:
    """Which order filled at which price, after the entry."""
    return [(f.client_order_id, f.price) for f in fills(after.activity)[1:]]


def money_of(activity: tuple[Activity, ...]) -> Decimal:
    """All that activity has done to the wallet."""
    profit = sum((f.realized_pnl - f.fee for f in fills(activity)), Decimal(0))
    return profit + sum((p.amount for p in payments(activity)), Decimal(0))
