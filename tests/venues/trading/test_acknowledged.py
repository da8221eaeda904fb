"""Orders that are acknowledged first and looked at afterwards, before any HTTP."""

from decimal import Decimal

import pytest

from tests.venues.trading import acknowledged, matching
from tests.venues.trading.fate import transfer
from tests.venues.trading.orders import Refusal, Side, Status, Wish
from tests.venues.trading.tape import desk

D = Decimal


@pytest.fixture
def account():
    return desk()


def take(account, quantity="0.1", side=Side.BUY, **more):
    wish = Wish(symbol="BTCUSDT", side=side, quantity=D(quantity), **more)
    return acknowledged.take(account.ledger, wish)


def held(account):
    return account.ledger.position("BTCUSDT").amount


def test_without_a_delay_the_engine_looks_at_once(account):
    assert take(account).status is Status.FILLED
    assert held(account) == D("0.1")


def test_what_makes_no_sense_is_refused_at_once(account):
    with pytest.raises(Refusal, match="-2019"):
        take(account, "90")
    with pytest.raises(Refusal, match="-4003"):
        take(account, "0")
    assert account.ledger.state.orders == {}


def test_with_a_delay_it_is_neither_open_nor_filled_until_then(account):
    account.ledger.state.latency = 1_500
    order = take(account)
    assert (order.status, account.ledger.open_orders(), held(account)) == (Status.CREATED, [], 0)
    with pytest.raises(Refusal, match="-2011"):
        matching.cancel(account.ledger, order)
    account.goes_to(50_000)
    assert order.status is Status.CREATED
    account.goes_to(50_100)
    assert (order.status, order.average) == (Status.FILLED, D("50100.1"))


def test_money_that_is_gone_by_then_rejects_it(account):
    account.ledger.state.latency = 500
    order = take(account)
    transfer(account.ledger, D(-9_999))
    account.goes_to(50_000)
    assert (order.status, order.reason, held(account)) == (Status.REJECTED, -2019, 0)


def test_a_position_that_is_gone_by_then_rejects_what_would_reduce_it(account):
    take(account)
    account.ledger.state.latency = 500
    orders = [take(account, side=Side.SELL, reduce_only=True) for _ in range(2)]
    account.goes_to(50_000)
    assert [o.status for o in orders] == [Status.FILLED, Status.REJECTED]
    assert held(account) == 0


@pytest.mark.parametrize(
    ("tif", "price", "reason"), [("GTX", 50_100, -5022), ("FOK", 49_000, -5021)]
)
def test_what_the_market_does_not_allow_is_acknowledged_and_cancelled(account, tif, price, reason):
    order = take(account, price=D(price), tif=tif)
    assert (order.status, order.reason, held(account)) == (Status.CANCELED, reason, 0)
