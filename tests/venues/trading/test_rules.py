"""What a contract demands: grids, brackets and money for what is lost at once."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.venues.trading import matching
from tests.venues.trading.orders import Refusal, Side, Wish
from tests.venues.trading.rules import check_grid
from tests.venues.trading.tape import BTC, desk

EDGES = [Decimal(tier.cap) for tier in BTC.tiers[:-1]]
OTHERWISE = Refusal(-4014, "Price not increased by tick size.")


@pytest.mark.parametrize("edge", EDGES)
def test_maintenance_has_no_step_where_a_bracket_begins(edge):
    below, above = BTC.maintenance(edge), BTC.maintenance(edge + Decimal("0.01"))
    assert 0 <= above - below < Decimal("0.001")


@given(st.lists(st.decimals(0, 12_000_000, places=2), min_size=2, unique=True).map(sorted))
def test_a_larger_position_needs_more_maintenance_and_never_more_than_its_rate(notionals):
    for less, more in pairwise(notionals):
        assert BTC.maintenance(less) <= BTC.maintenance(more)
        assert BTC.maintenance(more) <= more * BTC.tier(more).maintenance


@given(st.integers(1, 10**9), st.sampled_from([Decimal("0.1"), Decimal("0.001"), Decimal(5)]))
def test_numbers_on_the_grid_pass(count, grid):
    check_grid(count * grid, grid, OTHERWISE)


@pytest.mark.parametrize(("number", "grid", "code"), [("0.15", "0.1", -1111), ("7", "5", -4014)])
def test_too_many_digits_are_another_complaint_than_a_number_between_two_steps(number, grid, code):
    with pytest.raises(Refusal) as caught:
        check_grid(Decimal(number), Decimal(grid), OTHERWISE)
    assert caught.value.code == code


def test_a_price_beyond_the_market_needs_money_for_the_loss_too():
    bid = Wish(symbol="BTCUSDT", side=Side.BUY, quantity=Decimal("0.1"), price=Decimal(52_000))
    with pytest.raises(Refusal, match="-2019"):
        matching.place(desk(400).ledger, bid)
    matching.place(desk(500).ledger, bid)
