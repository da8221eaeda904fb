"""The algo book: what triggers, what it becomes, and that *finished* does not mean *closed*."""

from decimal import Decimal

import pytest

from tests.venues.trading import conditional, matching
from tests.venues.trading.algos import Condition, Stage
from tests.venues.trading.events import AlgoChanged
from tests.venues.trading.orders import Refusal, Side, Wish
from tests.venues.trading.tape import desk
from tests.venues.trading.turns import settle


def stop(kind="STOP_MARKET", side=Side.SELL, trigger="49000", quantity="0.1", **more):
    return Condition(
        symbol="BTCUSDT",
        side=side,
        type=kind,
        trigger=Decimal(trigger),
        quantity=Decimal(quantity),
        **({"client_id": "s"} | more),
    )


def closing(trigger="49000", **more):
    return stop(trigger=trigger, quantity="0", closes=True, **more)


@pytest.fixture
def here():
    made = desk()
    matching.place(made.ledger, Wish(symbol="BTCUSDT", side=Side.BUY, quantity=Decimal("0.1")))
    return made


def amount(here):
    return here.ledger.position("BTCUSDT").amount


def stages(here):
    return [event.algo.stage for event in here.heard if isinstance(event, AlgoChanged)]


def test_a_stop_waits_triggers_sells_and_finishes(here):
    algo = conditional.place(here.ledger, stop(reduce_only=True))
    here.goes_to("49000.1")
    assert (algo.stage, amount(here)) == (Stage.NEW, Decimal("0.1"))
    here.goes_to(49_000)
    assert (algo.stage, amount(here)) == (Stage.FINISHED, 0)
    assert (algo.done, here.ledger.state.orders[algo.order].origin) == (
        Decimal("0.1"),
        "STOP_MARKET",
    )
    assert stages(here) == [Stage.NEW, Stage.TRIGGERING, Stage.TRIGGERED, Stage.FINISHED]


def test_finished_may_have_closed_only_a_part(here):
    algo = conditional.place(here.ledger, closing())
    here.ledger.state.liquidity["BTCUSDT"] = Decimal("0.04")
    here.goes_to(48_000)
    assert (algo.stage, algo.done, amount(here)) == (
        Stage.FINISHED,
        Decimal("0.04"),
        Decimal("0.06"),
    )


def test_a_stop_with_a_limit_may_be_triggered_and_stand_there_unfilled(here):
    algo = conditional.place(
        here.ledger, stop(kind="STOP", price=Decimal(48_900), reduce_only=True)
    )
    here.goes_to(48_500)
    assert (algo.stage, amount(here)) == (Stage.TRIGGERED, Decimal("0.1"))
    here.goes_to(48_950)
    assert (algo.stage, amount(here)) == (Stage.FINISHED, 0)


def test_closing_the_position_takes_what_is_there_then(here):
    conditional.place(here.ledger, closing())
    matching.place(here.ledger, Wish(symbol="BTCUSDT", side=Side.BUY, quantity=Decimal("0.05")))
    here.goes_to(48_000)
    assert amount(here) == 0


def test_a_stop_without_anything_to_reduce_is_rejected_and_says_so(here):
    algo = conditional.place(here.ledger, stop(reduce_only=True))
    sold = Wish(symbol="BTCUSDT", side=Side.SELL, quantity=Decimal("0.1"), reduce_only=True)
    matching.place(here.ledger, sold)
    here.goes_to(48_000)
    assert (algo.stage, algo.reason) == (Stage.REJECTED, "ReduceOnly Order is rejected.")


def test_a_stop_larger_than_the_position_becomes_an_order_of_its_size(here):
    algo = conditional.place(here.ledger, stop(quantity="0.3", reduce_only=True))
    here.goes_to(48_000)
    became = here.ledger.state.orders[algo.order]
    assert (became.quantity, became.status, amount(here)) == (Decimal("0.1"), "FILLED", 0)


def test_a_plain_stop_that_outlives_the_position_opens_the_other_way(here):
    conditional.place(here.ledger, stop())
    sold = Wish(symbol="BTCUSDT", side=Side.SELL, quantity=Decimal("0.1"), reduce_only=True)
    matching.place(here.ledger, sold)
    here.goes_to(48_000)
    assert amount(here) == Decimal("-0.1")


def test_the_mark_and_the_last_price_trigger_different_orders(here):
    by_last = conditional.place(here.ledger, stop(client_id="last"))
    by_mark = conditional.place(here.ledger, stop(client_id="mark", by_mark=True))
    here.tape.mark = Decimal(50_000)
    here.goes_to(48_900)
    assert (by_last.stage, by_mark.stage) == (Stage.FINISHED, Stage.NEW)


def test_a_trailing_stop_follows_and_then_sells(here):
    trailing = stop(
        kind="TRAILING_STOP_MARKET", trigger="0", callback=Decimal(1), reduce_only=True
    )
    algo = conditional.place(here.ledger, trailing)
    here.goes_to(52_000)
    here.goes_to("51480.1")
    assert algo.stage is Stage.NEW
    here.goes_to(51_480)
    assert (algo.stage, amount(here)) == (Stage.FINISHED, 0)


def test_a_trailing_stop_of_a_short_follows_the_other_way(here):
    sold = Wish(symbol="BTCUSDT", side=Side.SELL, quantity=Decimal("0.2"))
    matching.place(here.ledger, sold)
    trailing = stop(
        kind="TRAILING_STOP_MARKET",
        side=Side.BUY,
        trigger="0",
        callback=Decimal(1),
        reduce_only=True,
    )
    conditional.place(here.ledger, trailing)
    here.goes_to(48_000)
    here.goes_to("48479.9")
    assert amount(here) == Decimal("-0.1")
    here.goes_to(48_480)
    assert amount(here) == 0


def test_a_trailing_stop_sleeps_until_its_activation(here):
    trailing = stop(
        kind="TRAILING_STOP_MARKET",
        trigger="0",
        callback=Decimal(1),
        activation=Decimal(51_000),
        reduce_only=True,
    )
    algo = conditional.place(here.ledger, trailing)
    here.goes_to(48_000)
    assert (algo.stage, algo.extreme) == (Stage.NEW, None)


def test_what_lives_for_the_position_expires_with_it(here):
    bound = conditional.place(here.ledger, closing(tif="GTE_GTC", client_id="bound"))
    loose = conditional.place(here.ledger, stop(client_id="loose"))
    sold = Wish(symbol="BTCUSDT", side=Side.SELL, quantity=Decimal("0.1"), reduce_only=True)
    matching.place(here.ledger, sold)
    settle(here.ledger)
    assert (bound.stage, loose.stage) == (Stage.EXPIRED, Stage.NEW)


def test_a_market_stop_still_closes_when_a_take_profit_uses_the_quantity(here):
    profit = Wish(
        symbol="BTCUSDT",
        side=Side.SELL,
        quantity=Decimal("0.1"),
        price=Decimal(52_000),
        reduce_only=True,
    )
    resting = matching.place(here.ledger, profit)
    conditional.place(here.ledger, closing())
    here.goes_to(48_000)
    assert (amount(here), resting.open) == (0, False)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (stop(trigger="50000"), -2021),
        (stop(kind="TAKE_PROFIT_MARKET", trigger="49999"), -2021),
        (stop(trigger="0"), -4006),
        (stop(trigger="49000.05"), -1111),
        (stop(quantity="0.0005"), -1111),
        (stop(closes=True), -4137),
        (closing(reduce_only=True), -1106),
        (stop(kind="STOP", quantity="0", closes=True), -4136),
        (stop(kind="TRAILING_STOP_MARKET", callback=Decimal(20)), -2007),
        (stop(kind="LIMIT"), -1116),
        (stop(leg="SHORT"), -4061),
    ],
)
def test_refusals(here, asked, code):
    with pytest.raises(Refusal) as caught:
        conditional.place(here.ledger, asked)
    assert (caught.value.code, here.ledger.state.algos) == (code, {})


def test_only_one_order_a_side_closes_everything(here):
    conditional.place(here.ledger, closing(client_id="one"))
    with pytest.raises(Refusal, match="-4130"):
        conditional.place(here.ledger, closing("48000", client_id="two"))


def test_names_are_unique_among_what_waits(here):
    first = conditional.place(here.ledger, stop())
    with pytest.raises(Refusal, match="-4116"):
        conditional.place(here.ledger, stop())
    conditional.cancel(here.ledger, first)
    conditional.place(here.ledger, stop())


def test_orders_without_a_name_get_one_of_their_own(here):
    first = conditional.place(here.ledger, stop(client_id=""))
    second = conditional.place(here.ledger, stop(client_id=""))
    assert first.asked.client_id != second.asked.client_id


def test_what_was_triggered_cannot_be_cancelled(here):
    algo = conditional.place(here.ledger, stop(reduce_only=True))
    here.goes_to(48_000)
    with pytest.raises(Refusal, match="-2011"):
        conditional.cancel(here.ledger, algo)
