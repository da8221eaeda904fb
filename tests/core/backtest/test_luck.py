"""Luck: other orders, other entries, many tries."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backtest.deflation import deflated_sharpe, skew_and_kurtosis
from core.backtest.luck import beats, luck, shuffled_drawdowns
from core.backtest.periods import daily_returns
from core.backtest.record import Luck
from tests.builders import SYMBOL
from tests.core.backtest.runs import DAY, HOUR, NEW_YEAR, closed, frame, history, run, steady

NETS = (30, -20, 10, -15, 25, -5, 40, -30, 5, 10, -10, 15)
EQUITY = np.concatenate(([1000], 1000 + np.cumsum(NETS))).tolist()
TRADES = [closed(net, at=NEW_YEAR + i * DAY) for i, net in enumerate(NETS, 1)]
RUN = run(steady(*EQUITY), TRADES)
WALK = np.random.default_rng(2).normal(0, 1, 24 * len(NETS)).cumsum() + 10_000
HISTORIES = {SYMBOL: history(frame(WALK))}


def drawdowns_of(*nets, equity=100, rounds=40):
    return shuffled_drawdowns([closed(net) for net in nets], equity, 5, rounds)


def fall(growth):
    """The deepest fall of a compounded line, the slow way."""
    worth = np.cumprod([1.0, *growth])
    return max(1 - low / high for i, high in enumerate(worth) for low in worth[i:])


class TestShuffledDrawdowns:
    def test_two_losses_fall_the_same_in_any_order(self):
        assert drawdowns_of(-10, -9) == pytest.approx([0.19] * 40)

    def test_a_loss_counts_as_a_part_of_what_was_there(self):
        # +10 % then -10 % of 110: both orders fall by a tenth
        assert drawdowns_of(10, -11) == pytest.approx([0.1] * 40)

    def test_only_orders_that_exist_are_found(self):
        growth = (1.2, 90 / 120, 99 / 90)
        possible = {round(fall(order), 9) for order in permutations(growth)}
        assert {round(depth, 9) for depth in drawdowns_of(20, -30, 9)} == possible

    def test_who_lost_everything_has_lost_everything_in_any_order(self):
        assert drawdowns_of(50, -150, 20) == pytest.approx([1.0] * 40)
        assert drawdowns_of(50, -170, 20, -5) == pytest.approx([1.0] * 40)

    def test_without_trades_nothing_falls(self):
        assert drawdowns_of().tolist() == [0.0] * 40

    @settings(max_examples=30)
    @given(st.lists(st.integers(-5, 5), min_size=1, max_size=12))
    def test_no_order_falls_deeper_than_all_losses_in_a_row(self, nets):
        worth = np.concatenate(([100.0], 100 + np.cumsum(nets)))
        losses = [after / before for before, after in pairwise(worth) if after < before]
        found = drawdowns_of(*nets)
        assert (found >= 0).all()
        assert (found <= 1 - np.prod(losses) + 1e-9).all()

    def test_a_seed_says_it_all(self):
        assert (
            shuffled_drawdowns(TRADES, 1000, 1).tolist()
            == shuffled_drawdowns(TRADES, 1000, 1).tolist()
        )


class TestBeats:
    def test_it_is_the_share_that_did_worse(self):
        assert beats(0.1, np.array([0.0, 0.1, 0.2, 0.05])) == 0.5

    def test_there_must_be_something_to_compare_with(self):
        with pytest.raises(ValueError, match="nothing to compare"):
            beats(0.1, np.empty(0))


class TestLuck:
    def test_a_few_trades_prove_nothing(self):
        few = run(steady(*EQUITY[:5]), TRADES[:4])
        assert luck(few, HISTORIES, 7, (), 1) == Luck(tries=7)

    def test_it_says_all_there_is_to_say(self):
        found = luck(RUN, HISTORIES, 3, (1.0, 2.0, 3.0), 1)
        assert found.tries == 3
        assert 0 < found.deflated < 1
        assert 0 < found.drawdown_median <= found.drawdown_worst < 1
        assert found.beats_random > 0.9

    def test_the_tries_yearly_ratios_become_daily(self):
        returns = daily_returns(RUN.curve)
        ratio = returns.mean() / returns.std(ddof=1)
        moments = skew_and_kurtosis(returns)
        by_hand = deflated_sharpe(ratio, 100 / 365, 3, len(returns), *moments)
        assert luck(RUN, HISTORIES, 3, (10.0, 20.0, 30.0), 1).deflated == pytest.approx(by_hand)

    def test_tries_that_hardly_differ_are_taken_for_tries_without_skill(self):
        found = luck(RUN, HISTORIES, 3, (1.0, 1.01, 1.02), 1)
        assert found.deflated == luck(RUN, HISTORIES, 3, (), 1).deflated

    def test_unknown_tries_are_taken_for_tries_without_skill(self):
        returns = daily_returns(RUN.curve)
        ratio = returns.mean() / returns.std(ddof=1)
        by_hand = deflated_sharpe(ratio, 1 / 11, 50, 12, *skew_and_kurtosis(returns))
        assert luck(RUN, HISTORIES, 50, (2.0,), 1).deflated == pytest.approx(by_hand)

    def test_a_few_days_have_no_deflated_ratio(self):
        short = run(steady(*EQUITY, step=HOUR), TRADES)
        assert luck(short, HISTORIES, 1, (), 1).deflated is None

    def test_a_curve_that_never_moves_has_no_deflated_ratio(self):
        still = run(steady(*[1000] * 13), [closed(0, at=t.closed_at) for t in TRADES])
        assert luck(still, HISTORIES, 1, (), 1).deflated is None
