"""Which orders a trade wants in the market."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.intent import IntentStatus, Role
from core.domain.proposal import Target
from core.domain.trading import OrderType, Side
from core.execution.orders import (
    close_order,
    entry_order,
    intent_for,
    stop_order,
    target_amounts,
    target_order,
)
from tests.builders import INSTRUMENT, NOON, plan, trade

SHORT = trade(plan=plan(side=Side.SELL))
EXITS = pytest.mark.parametrize(
    "exit_of",
    [
        lambda trade: stop_order(trade, "s"),
        lambda trade: target_order(trade, "t", Decimal(65_100), Decimal("0.013")),
        lambda trade: close_order(trade, "c", Decimal("0.013")),
    ],
    ids=["stop", "target", "close"],
)


def test_an_entry_never_pays_more_than_the_limit_on_the_card():
    order = entry_order(trade(), "e")
    assert (order.type, order.price) == (OrderType.IOC, Decimal(64_010))
    assert (order.side, order.amount, order.leverage) == (Side.BUY, Decimal("0.026"), 3)
    assert not order.reduce_only


@EXITS
def test_an_exit_only_reduces(exit_of):
    assert exit_of(trade()).reduce_only
    assert exit_of(trade()).side is Side.SELL
    assert exit_of(SHORT).side is Side.BUY


def test_a_stop_covers_all_that_is_left():
    order = stop_order(trade(remaining=Decimal("0.013")), "s")
    assert (order.amount, order.stop_price) == (Decimal("0.013"), Decimal(63_120))


def test_an_order_is_written_down_as_not_sent_yet():
    order = stop_order(trade(), "s")
    intent = intent_for(trade(), Role.STOP, order, NOON)
    assert (intent.id, intent.role, intent.status) == ("s", Role.STOP, IntentStatus.NEW)
    assert (intent.created_at, intent.sent_at) == (NOON, None)


def test_a_target_that_was_hit_is_not_wanted_again():
    left = trade(targets_hit=1, remaining=Decimal("0.013"))
    assert list(target_amounts(left, INSTRUMENT)) == [(1, Decimal(66_100), Decimal("0.013"))]
    assert not list(target_amounts(trade(targets_hit=2), INSTRUMENT))


def test_a_share_that_rounds_to_nothing_is_left_to_the_last_target():
    tiny = trade(amount=Decimal("0.001"), remaining=Decimal("0.001"))
    assert list(target_amounts(tiny, INSTRUMENT)) == [(1, Decimal(66_100), Decimal("0.001"))]


shares = st.integers(1, 9).map(lambda tenths: Decimal(tenths) / 10)
steps = st.integers(1, 400).map(lambda step: Decimal(step) / 1000)


@given(shares, steps, steps)
@settings(max_examples=100, deadline=None)
def test_targets_sell_all_that_is_left_and_not_a_step_more(share, amount, sold):
    targets = (Target(Decimal(65_100), share), Target(Decimal(66_100), 1 - share))
    left = trade(targets=targets, amount=amount + sold, remaining=amount)
    wanted = [one for *_, one in target_amounts(left, INSTRUMENT)]
    assert sum(wanted) == amount
    assert all(one > 0 and not one % INSTRUMENT.step_size for one in wanted)
