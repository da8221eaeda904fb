"""Stops and targets that come with an order, before any HTTP."""

from decimal import Decimal

import pytest

from tests.venues.trading import matching
from tests.venues.trading.algos import Stage
from tests.venues.trading.orders import Attached, Refusal, Side, Wish
from tests.venues.trading.tape import desk
from tests.venues.trading.turns import settle

D = Decimal
STOP = Attached(trigger=D(49_000), whole=True)
TARGET = Attached(trigger=D(51_000), profit=True, whole=True)


@pytest.fixture
def account():
    return desk()


def buy(account, *attached, quantity="0.1", side=Side.BUY, **more):
    wish = Wish(symbol="BTCUSDT", side=side, quantity=D(quantity), attached=attached, **more)
    order = matching.place(account.ledger, wish)
    settle(account.ledger)
    return order


def held(account):
    return account.ledger.position("BTCUSDT").amount


def waiting(account):
    return [(a.asked.type, a.asked.trigger, a.asked.closes) for a in account.ledger.open_algos()]


def test_a_stop_of_the_position_is_there_with_the_fill_and_closes_all_of_it(account):
    buy(account, STOP)
    buy(account, quantity="0.3")
    assert waiting(account) == [("STOP_MARKET", 49_000, True)]
    account.goes_to(48_990)
    assert held(account) == 0


def test_it_waits_as_long_as_nothing_is_filled(account):
    order = buy(account, STOP, price=D(49_500))
    assert waiting(account) == []
    account.goes_to(49_490)
    assert (order.filled, waiting(account)) == (D("0.1"), [("STOP_MARKET", 49_000, True)])


def test_it_never_comes_when_the_order_goes_unfilled(account):
    order = buy(account, STOP, price=D(49_500))
    matching.cancel(account.ledger, order)
    settle(account.ledger)
    assert (waiting(account), account.ledger.state.unarmed) == ([], [])


def test_both_of_a_position_end_with_it(account):
    buy(account, STOP, TARGET)
    assert len(waiting(account)) == 2
    account.goes_to(51_010)
    assert (held(account), waiting(account)) == (0, [])
    stages = {a.asked.type: a.stage for a in account.ledger.state.algos.values()}
    assert stages == {"STOP_MARKET": Stage.EXPIRED, "TAKE_PROFIT_MARKET": Stage.FINISHED}


def test_a_later_one_of_the_same_kind_replaces_it(account):
    buy(account, STOP, TARGET)
    buy(account, Attached(trigger=D(48_000), whole=True))
    assert sorted(trigger for _, trigger, _ in waiting(account)) == [48_000, 51_000]


def test_what_an_order_brought_is_guarded_when_the_order_is_over(account):
    account.ledger.state.liquidity["BTCUSDT"] = D("0.04")
    part = Attached(trigger=D(49_000))
    order = buy(account, part, price=D(50_100))
    assert (order.filled, waiting(account)) == (D("0.04"), [])
    matching.cancel(account.ledger, order)
    settle(account.ledger)
    (algo,) = account.ledger.open_algos()
    assert (algo.asked.quantity, algo.asked.reduce_only) == (D("0.04"), True)


def test_that_one_stays_when_the_position_is_gone(account):
    buy(account, Attached(trigger=D(49_000)))
    buy(account, side=Side.SELL, reduce_only=True)
    assert waiting(account) == [("STOP_MARKET", 49_000, False)]
    account.goes_to(48_990)
    assert held(account) == 0
    assert [a.stage for a in account.ledger.state.algos.values()] == [Stage.REJECTED]


def test_of_a_pair_only_one_triggers(account):
    buy(account, Attached(trigger=D(49_000)), Attached(trigger=D(51_000), profit=True))
    account.goes_to(51_010)
    assert (held(account), waiting(account)) == (0, [])
    assert [a.stage for a in account.ledger.state.algos.values()] == [
        Stage.CANCELED,
        Stage.FINISHED,
    ]


def test_an_order_that_only_reduced_brings_no_stop(account):
    buy(account, quantity="0.2")
    buy(account, Attached(trigger=D(51_000), whole=True), side=Side.SELL)
    assert waiting(account) == []


def test_a_copy_of_the_account_keeps_its_own_stops(account):
    buy(account, STOP)
    copy = account.ledger.frozen()
    account.goes_to(48_990)
    assert (len(copy.open_algos()), len(account.ledger.open_algos())) == (1, 0)


def test_names_may_last_for_ever_and_over_both_books(account):
    account.ledger.lasting = True
    buy(account, client_id="a")
    with pytest.raises(Refusal, match="-4116"):
        buy(account, client_id="a")


def test_a_position_that_turns_around_leaves_its_guards_behind(account):
    buy(account, STOP)
    buy(account, side=Side.SELL, quantity="0.3")
    assert (held(account), waiting(account)) == (D("-0.2"), [])


def test_an_order_that_turns_the_position_guards_what_is_left(account):
    buy(account)
    buy(account, Attached(trigger=D(51_000)), side=Side.SELL, quantity="0.3")
    (algo,) = account.ledger.open_algos()
    assert (algo.asked.side, algo.asked.quantity) == (Side.BUY, D("0.2"))
