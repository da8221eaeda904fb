"""An order on its venue's steps never risks more than was asked."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.broker.steps import fitted
from core.domain.trading import Order, OrderType, Refused, Side
from tests.bot.broker.conftest import listed

BTC = listed("BTC/USDT:USDT", "0.1", "0.001", "100")
PRICES = st.decimals("1000", "100000", places=4)
AMOUNTS = st.decimals("0.0001", "5", places=6)


@st.composite
def orders(draw):
    kind = draw(st.sampled_from(OrderType))
    return Order(
        client_order_id="a",
        symbol="BTC/USDT:USDT",
        side=draw(st.sampled_from(Side)),
        type=kind,
        amount=draw(AMOUNTS),
        price=draw(PRICES),
        stop_price=draw(PRICES),
        stop_loss=draw(PRICES),
        reduce_only=draw(st.booleans()),
    )


@given(orders())
def test_it_is_on_the_steps_and_no_larger_and_no_worse(order):
    ready = fitted(order, BTC)
    if isinstance(ready, Refused):
        small = order.amount < BTC.step_size
        poor = BTC.round_amount(order.amount) * order.price < BTC.min_notional + 1
        assert small if ready.code == "step" else poor and not order.reduce_only
        return
    sign = order.side.sign
    assert order.amount - BTC.step_size < ready.amount <= order.amount
    assert (ready.price - order.price) * sign <= 0
    assert (ready.stop_loss - order.stop_loss) * -sign <= 0
    for price in (ready.price, ready.stop_price, ready.stop_loss):
        assert price % BTC.tick_size == 0
    assert fitted(ready, BTC) == ready


@given(orders(), PRICES)
def test_a_stop_is_no_farther_from_the_market(order, stop):
    ready = fitted(
        replace(order, type=OrderType.STOP_MARKET, stop_price=stop, reduce_only=True), BTC
    )
    if not isinstance(ready, Refused):
        assert (stop - ready.stop_price) * order.side.sign >= 0


def test_a_small_rest_may_always_be_closed():
    order = Order(
        client_order_id="a",
        symbol="BTC/USDT:USDT",
        side=Side.SELL,
        type=OrderType.LIMIT,
        amount=Decimal("0.001"),
        price=Decimal(50_000),
    )
    assert fitted(order, BTC) == Refused("a", "min_notional")
    closing = replace(order, reduce_only=True)
    assert fitted(closing, BTC) == closing
