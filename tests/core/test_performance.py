"""The field's usual figures, against numbers worked out by hand."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.performance import Drawdown, drawdowns, max_drawdown, sharpe, sortino, tally
from tests.builders import plan, trade

CURVES = st.lists(st.floats(1, 1e6), min_size=1, max_size=40).map(np.array)
RETURNS = st.lists(st.floats(-0.1, 0.1), min_size=2, max_size=40).map(np.array)


def column(*numbers: float):
    return np.array(numbers, dtype=np.float64)


class TestDrawdown:
    def test_every_row_is_measured_from_the_highest_before_it(self):
        assert list(drawdowns(column(100, 80, 110, 99))) == pytest.approx([0, -0.2, 0, -0.1])

    def test_the_deepest_fall_names_its_peak_and_its_trough(self):
        assert max_drawdown(column(100, 120, 90, 130, 110)) == Drawdown(0.25, 1, 2)

    def test_the_deepest_fall_is_not_the_one_to_the_lowest_value(self):
        fall = max_drawdown(column(10, 9, 100, 50, 200))

        assert (fall.depth, fall.peak, fall.trough) == (0.5, 2, 3)

    @pytest.mark.parametrize("curve", [(), (5,), (1, 2, 3)])
    def test_a_curve_that_never_falls_has_none(self, curve):
        assert max_drawdown(column(*curve)) == Drawdown(0.0, 0, 0)

    @settings(max_examples=50)
    @given(CURVES)
    def test_no_fall_from_any_earlier_row_is_deeper(self, curve):
        fall = max_drawdown(curve)
        deepest = max(
            1 - curve[j] / curve[i] for i in range(len(curve)) for j in range(i, len(curve))
        )

        assert fall.depth == pytest.approx(deepest)
        assert fall.peak <= fall.trough
        assert fall.depth == pytest.approx(1 - curve[fall.trough] / curve[fall.peak])


class TestSharpe:
    def test_three_days_by_hand(self):
        # mean 1 %, deviations -1, 0 and 1 %: sample deviation 1 %
        assert sharpe(column(0.0, 0.01, 0.02)) == pytest.approx(math.sqrt(365))

    def test_two_days_by_hand(self):
        # mean 2 %, sample deviation 2 % * sqrt(2)
        assert sharpe(column(0.04, 0.0)) == pytest.approx(math.sqrt(365 / 2))

    @pytest.mark.parametrize("returns", [(), (0.01,), (0.0, 0.0, 0.0)])
    def test_fewer_than_two_days_or_no_movement_have_none(self, returns):
        assert sharpe(column(*returns)) is None

    @settings(max_examples=50)
    @given(RETURNS.filter(lambda returns: np.std(returns) > 1e-6))
    def test_losing_what_one_won_turns_the_sign(self, returns):
        assert sharpe(-returns) == pytest.approx(-sharpe(returns))

    @settings(max_examples=50)
    @given(RETURNS.filter(lambda returns: np.std(returns) > 1e-6), st.floats(0.1, 10))
    def test_leverage_alone_changes_nothing(self, returns, factor):
        assert sharpe(returns * factor) == pytest.approx(sharpe(returns))


class TestSortino:
    def test_four_days_by_hand(self):
        # mean 1 %; one loss of 2 % in four days: root mean square 1 %
        assert sortino(column(0.03, -0.02, 0.02, 0.01)) == pytest.approx(math.sqrt(365))

    @pytest.mark.parametrize("returns", [(), (-0.01,), (0.01, 0.02), (0.0, 0.0)])
    def test_without_losses_or_with_one_day_there_is_none(self, returns):
        assert sortino(column(*returns)) is None

    def test_gains_do_not_count_as_risk(self):
        assert sortino(column(0.5, -0.02, 0.02, 0.01)) > sortino(column(0.03, -0.02, 0.02, 0.01))


def closed(net: int, risk: int = 10):
    """Realised two more than the net, paid half in fees and half in funding."""
    return trade(
        plan=plan(risk=Decimal(risk)),
        realized=Decimal(net + 2),
        fees=Decimal(1),
        funding=Decimal(-1),
    )


class TestTally:
    SOME = tally([closed(20), closed(-10), closed(0), closed(5, risk=20)])

    def test_trades_are_counted_after_fees_and_funding(self):
        assert (self.SOME.trades, self.SOME.wins) == (4, 2)
        assert self.SOME.net == 15
        assert (self.SOME.gained, self.SOME.lost) == (25, 10)

    def test_the_ratios_by_hand(self):
        assert self.SOME.win_rate == Decimal("0.5")
        assert self.SOME.profit_factor == Decimal("2.5")
        assert self.SOME.total_r == 2 - 1 + 0 + Decimal("0.25")
        assert self.SOME.expectancy == Decimal("0.3125")

    def test_without_trades_there_are_no_ratios(self):
        nothing = tally([])

        assert (nothing.trades, nothing.net) == (0, 0)
        assert nothing.win_rate is nothing.profit_factor is nothing.expectancy is None

    def test_without_a_loss_there_is_no_profit_factor(self):
        assert tally([closed(5)]).profit_factor is None
        assert tally([closed(-5)]).profit_factor == 0

    @settings(max_examples=50)
    @given(st.lists(st.integers(-100, 100)))
    def test_what_was_gained_less_what_was_lost_is_the_net(self, nets):
        made = tally([closed(net) for net in nets])

        assert made.net == made.gained - made.lost == sum(nets)
        assert made.total_r == made.net / 10
