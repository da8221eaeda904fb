"""Orders of the ledger: what is taken, what is refused, what fills, what is remembered."""

from decimal import Decimal

import pytest

from tests.venues.series import DAY
from tests.venues.trading import history, matching
from tests.venues.trading.orders import Refusal, Side, Status, Wish
from tests.venues.trading.tape import desk


def wish(side=Side.BUY, quantity="0.1", price=None, **more):
    price = None if price is None else Decimal(price)
    return Wish(symbol="BTCUSDT", side=side, quantity=Decimal(quantity), price=price, **more)


def refused(ledger, asked):
    with pytest.raises(Refusal) as caught:
        matching.place(ledger, asked)
    return caught.value.code


@pytest.fixture
def here():
    return desk()


@pytest.fixture
def ledger(here):
    return here.ledger


def test_a_market_order_fills_at_the_touch_and_pays_the_taker(ledger):
    order = matching.place(ledger, wish())
    (fill,) = ledger.state.fills
    assert (order.status, fill.price, fill.maker) == (Status.FILLED, Decimal("50000.1"), False)
    assert fill.fee == Decimal("2.50000500")
    assert ledger.state.wallet == 10_000 - fill.fee


def test_a_touch_fills_nobody_who_rests_and_a_trade_through_fills_as_maker(here, ledger):
    order = matching.place(ledger, wish(price="49900"))
    here.goes_to(49_900)
    assert order.status is Status.NEW
    here.goes_to("49899.9")
    (fill,) = ledger.state.fills
    assert (order.status, fill.price, fill.maker) == (Status.FILLED, 49_900, True)


def test_a_limit_that_crosses_takes_at_the_touch(ledger):
    matching.place(ledger, wish(price="50100"))
    assert ledger.state.fills[0].price == Decimal("50000.1")


def test_an_immediate_order_takes_what_there_is_and_the_rest_expires(ledger):
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.03")
    order = matching.place(ledger, wish(price="50100", tif="IOC"))
    assert (order.status, order.filled) == (Status.EXPIRED, Decimal("0.03"))


def test_a_thin_market_fills_a_resting_order_in_parts(here, ledger):
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.03")
    order = matching.place(ledger, wish(price="50100"))
    assert order.status is Status.PART
    ledger.state.liquidity.clear()
    here.goes_to(50_000)
    assert (order.status, order.filled) == (Status.FILLED, Decimal("0.1"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (wish(quantity="0.0001"), -1111),
        (wish(quantity="0"), -4003),
        (wish(quantity="2000000"), -4005),
        (wish(price="49999.95"), -1111),
        (wish(price="0"), -4001),
        (wish(price="60000"), -4016),
        (wish(Side.SELL, price="40000"), -4024),
        (wish(quantity="0.001", price="4999"), -4164),
        (wish(quantity="9"), -2019),
        (wish(reduce_only=True), -2022),
        (wish(leg="LONG"), -4061),
        (wish(price="50000.1", tif="GTX"), -5022),
        (wish(price="49999", tif="FOK"), -5021),
        (Wish(symbol="NOPE", side=Side.BUY, quantity=Decimal(1)), -1121),
    ],
)
def test_refusals(here, asked, code):
    if code == -4164:
        here.goes_to(5_000)
    assert refused(here.ledger, asked) == code
    assert here.ledger.state.orders == {}


def test_a_position_beyond_the_bracket_of_its_leverage_is_refused():
    ledger = desk(10_000_000).ledger
    ledger.setting("BTCUSDT").leverage = 125
    assert refused(ledger, wish(quantity="2")) == -2027
    ledger.setting("BTCUSDT").leverage = 50
    matching.place(ledger, wish(quantity="2"))


def test_a_client_id_is_unique_among_open_orders_only(ledger):
    matching.place(ledger, wish(client_id="a"))
    matching.place(ledger, wish(client_id="a"))
    assert ledger.position("BTCUSDT").amount == Decimal("0.2")
    matching.place(ledger, wish(price="49000", client_id="a"))
    assert refused(ledger, wish(client_id="a")) == -4116


def test_the_newest_order_answers_to_a_name(ledger):
    matching.place(ledger, wish(client_id="a"))
    second = matching.place(ledger, wish(client_id="a"))
    assert history.find(ledger, "BTCUSDT", None, "a") is second


def test_a_reducing_order_is_cut_to_the_position(ledger):
    matching.place(ledger, wish())
    order = matching.place(ledger, wish(Side.SELL, "5", reduce_only=True))
    assert (order.quantity, ledger.position("BTCUSDT").amount) == (Decimal("0.1"), 0)


def test_a_resting_reducer_fills_what_a_plain_sale_has_left_and_no_more(here, ledger):
    matching.place(ledger, wish())
    resting = matching.place(ledger, wish(Side.SELL, price="51000", reduce_only=True))
    matching.place(ledger, wish(Side.SELL, "0.06"))
    here.goes_to(51_100)
    assert ledger.position("BTCUSDT").amount == 0
    assert (resting.status, resting.filled) == (Status.EXPIRED, Decimal("0.04"))


def test_a_take_profit_that_uses_the_quantity_blocks_the_close(ledger):
    matching.place(ledger, wish())
    matching.place(ledger, wish(Side.SELL, price="51000", reduce_only=True))
    assert refused(ledger, wish(Side.SELL, reduce_only=True)) == -4118


def test_what_is_over_cannot_be_cancelled(ledger):
    order = matching.place(ledger, wish())
    for gone in (order, None):
        with pytest.raises(Refusal, match="-2011"):
            matching.cancel(ledger, gone)


def test_an_unfilled_order_is_forgotten_after_three_days_a_filled_one_after_ninety(here, ledger):
    empty = matching.cancel(ledger, matching.place(ledger, wish(price="49000")))
    filled = matching.place(ledger, wish())
    here.tape.now += 3 * DAY + 1
    assert history.orders(ledger, "BTCUSDT") == [filled]
    assert history.find(ledger, "BTCUSDT", empty.id, None) is None
    here.tape.now += 87 * DAY
    assert history.orders(ledger, "BTCUSDT") == []


def test_an_open_order_is_never_forgotten(here, ledger):
    order = matching.place(ledger, wish(price="49000"))
    here.tape.now += 100 * DAY
    assert history.orders(ledger, "BTCUSDT") == [order]


def test_open_orders_count_towards_the_bracket():
    ledger = desk(10_000_000).ledger
    ledger.setting("BTCUSDT").leverage = 100
    matching.place(ledger, wish(quantity="7", price="49900"))
    assert refused(ledger, wish(quantity="6")) == -2027
    matching.place(ledger, wish(Side.SELL, quantity="6"))


def test_an_order_is_changed_only_to_what_can_be_paid_and_is_new(ledger):
    order = matching.place(ledger, wish(price="49900"))
    for quantity, price, code in (("0.1", "49900", "-5027"), ("9", "49900", "-2019")):
        with pytest.raises(Refusal, match=code):
            matching.amend(ledger, order, Decimal(quantity), Decimal(price))
    assert order.quantity == Decimal("0.1")


def test_a_change_across_the_spread_trades_at_once(ledger):
    order = matching.place(ledger, wish(price="49900"))
    matching.amend(ledger, order, Decimal("0.2"), Decimal(50_100))
    assert (order.status, order.average) == (Status.FILLED, Decimal("50000.1"))
