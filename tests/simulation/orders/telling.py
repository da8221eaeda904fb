"""How the venue's own orders, fills and positions are told in the desk's words."""

from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.trading import (
    Activity,
    Cause,
    FundingPayment,
    Liquidity,
    Order,
    OrderState,
    OrderStatus,
    OrderType,
    Position,
    Side,
)
from core.domain.trading import Fill as Told
from tests.simulation.orders.street import DESK, START, START_MS
from tests.venues.trading.algos import Algo, Stage
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import liquidation_price
from tests.venues.trading.orders import ZERO, Fill, Income, Status
from tests.venues.trading.orders import Order as Taken
from tests.venues.trading.positions import Position as Held

STATUS = {
    Status.NEW: OrderStatus.OPEN,
    Status.PART: OrderStatus.OPEN,
    Status.FILLED: OrderStatus.FILLED,
    Status.CANCELED: OrderStatus.CANCELED,
    Status.EXPIRED: OrderStatus.EXPIRED,
}
WAYS = {"IOC": OrderType.IOC, "GTX": OrderType.POST_ONLY, "GTC": OrderType.LIMIT}
WAITING = {"STOP_MARKET": OrderType.STOP_MARKET, "TAKE_PROFIT": OrderType.TAKE_PROFIT}
SEIZED = "autoclose"


def at(milliseconds: int) -> datetime:
    return START + timedelta(milliseconds=milliseconds - START_MS)


def side_of(word: str) -> Side:
    return Side(word.lower())


def order_state(taken: Taken) -> OrderState:
    kind, price = _type(taken), taken.price or None
    waits = kind in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}
    order = Order(
        client_order_id=taken.client_id,
        symbol=DESK[taken.symbol],
        side=side_of(taken.side),
        type=kind,
        amount=taken.quantity,
        price=None if waits else price,
        stop_price=price if waits else None,
        reduce_only=taken.reduce_only,
    )
    return OrderState(order, STATUS[taken.status], taken.filled, at(taken.created))


def _type(taken: Taken) -> OrderType:
    """A resting reducer is a take-profit: the desk rests nothing else that reduces."""
    if taken.type == "MARKET":
        return OrderType.MARKET
    if taken.reduce_only and taken.tif == "GTC":
        return OrderType.TAKE_PROFIT
    return WAYS[taken.tif]


def algo_state(algo: Algo, became: Taken | None) -> OrderState:
    asked = algo.asked
    order = Order(
        client_order_id=asked.client_id,
        symbol=DESK[asked.symbol],
        side=side_of(asked.side),
        type=WAITING[asked.type],
        amount=asked.quantity,
        stop_price=asked.trigger,
        reduce_only=asked.reduce_only,
    )
    return OrderState(order, _stage(algo, became), algo.done, at(algo.created))


def _stage(algo: Algo, became: Taken | None) -> OrderStatus:
    """FINISHED says only that it is over; what was filled says how."""
    if algo.open or (became is not None and became.open):
        return OrderStatus.OPEN
    if algo.stage is Stage.FINISHED and algo.done >= algo.asked.quantity:
        return OrderStatus.FILLED
    return OrderStatus.CANCELED if algo.stage is Stage.CANCELED else OrderStatus.EXPIRED


def fill_told(fill: Fill, name: str, penalty: Decimal) -> Activity:
    """What a liquidation takes on top is a fee of its fill."""
    return Told(
        seq=fill.id,
        client_order_id=name,
        symbol=DESK[fill.symbol],
        side=side_of(fill.side),
        price=fill.price,
        amount=fill.quantity,
        fee=fill.fee + penalty,
        realized_pnl=fill.realized,
        liquidity=Liquidity.MAKER if fill.maker else Liquidity.TAKER,
        time=at(fill.time),
        cause=Cause.LIQUIDATION if name.startswith(SEIZED) else Cause.ORDER,
    )


def funding_told(line: Income, rate: Decimal) -> Activity:
    return FundingPayment(
        seq=line.id, symbol=DESK[line.symbol], rate=rate, amount=line.amount, time=at(line.time)
    )


def position_told(ledger: Ledger, held: Held) -> Position:
    setting = ledger.setting(held.symbol)
    return Position(
        symbol=DESK[held.symbol],
        amount=held.amount,
        entry_price=held.entry,
        leverage=setting.leverage,
        margin=held.margin,
        mark_price=ledger.quote(held.symbol).mark,
        liquidation_price=liquidation_price(ledger, held),
        opened_at=at(held.updated),
    )


def penalty_after(incomes: list[Income], fill: Fill) -> Decimal:
    """What the venue took for a liquidation: the next such line of the contract."""
    taken = (i for i in incomes if i.kind == "INSURANCE_CLEAR" and i.symbol == fill.symbol)
    return -next((line.amount for line in taken if line.id > fill.id), ZERO)
