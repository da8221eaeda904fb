"""Deflated Sharpe ratios, against the numbers that the papers print."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.deflation import (
    deflated_sharpe,
    expected_best,
    probabilistic_sharpe,
    skew_and_kurtosis,
)

DAILY = 2.5 / math.sqrt(250)  # the paper's: a yearly 2.5 over five years of 250 days
VARIANCE = 0.5 / 250
RATIOS = st.floats(-0.5, 0.5)
TRIES = st.integers(1, 10_000)


class TestPublishedNumbers:
    def test_a_hundred_tries_are_expected_to_bring_what_the_paper_says(self):
        assert expected_best(VARIANCE, 100) == pytest.approx(0.1132, abs=5e-5)

    @pytest.mark.parametrize(
        ("tries", "skew", "kurtosis", "probability"),
        [(100, -3, 10, 0.9004), (46, -3, 10, 0.9505), (88, 0, 3, 0.9505)],
    )
    def test_the_worked_example_of_2014(self, tries, skew, kurtosis, probability):
        found = deflated_sharpe(DAILY, VARIANCE, tries, 1250, skew, kurtosis)
        assert found == pytest.approx(probability, abs=5e-5)


class TestProbabilisticSharpe:
    def test_at_its_benchmark_it_is_a_coin(self):
        assert probabilistic_sharpe(0.1, 0.1, 100, -1, 6) == 0.5

    def test_by_hand(self):
        # 0.2 * sqrt(25) = 1; 1 + 2/4 * 0.04 = 1.02
        normal = 0.5 * (1 + math.erf(1 / math.sqrt(1.02) / math.sqrt(2)))
        assert probabilistic_sharpe(0.2, 0.0, 26, 0, 3) == pytest.approx(normal)

    def test_one_observation_is_none(self):
        with pytest.raises(ValueError, match="two observations"):
            probabilistic_sharpe(0.1, 0.0, 1, 0, 3)

    def test_a_ratio_without_any_error_is_certain(self):
        # 1 - 2 * 1 + 4/4 * 1 = 0
        assert probabilistic_sharpe(1.0, 0.5, 100, 2.0, 5.0) == 1.0

    @given(RATIOS, RATIOS, st.integers(2, 5000))
    def test_it_is_a_probability_on_the_side_of_the_benchmark(self, ratio, benchmark, days):
        found = probabilistic_sharpe(ratio, benchmark, days, 0, 3)
        assert 0 <= found <= 1
        assert (found >= 0.5) == (ratio >= benchmark) or math.isclose(found, 0.5)

    @given(st.floats(0.01, 0.5), st.floats(-3, 3), st.floats(0, 3))
    def test_a_fatter_left_tail_proves_less(self, ratio, skew, more):
        thin = probabilistic_sharpe(ratio, 0.0, 250, skew, 25)
        assert probabilistic_sharpe(ratio, 0.0, 250, skew - more, 25) <= thin


class TestDeflatedSharpe:
    def test_one_try_needs_no_deflation(self):
        assert expected_best(VARIANCE, 1) == 0.0
        once = deflated_sharpe(DAILY, VARIANCE, 1, 1250, -3, 10)
        assert once == probabilistic_sharpe(DAILY, 0.0, 1250, -3, 10)

    @given(RATIOS, TRIES, TRIES, st.floats(0, 0.1))
    def test_more_tries_prove_less(self, ratio, one, other, variance):
        fewer, more = sorted((one, other))
        least = deflated_sharpe(ratio, variance, more, 500, 0, 3)
        assert least <= deflated_sharpe(ratio, variance, fewer, 500, 0, 3)

    def test_the_expected_best_is_what_dice_bring(self):
        dice = np.random.default_rng(3).normal(0, 0.04, (20_000, 50))
        assert expected_best(0.0016, 50) == pytest.approx(dice.max(axis=1).mean(), rel=0.02)


class TestMoments:
    def test_by_hand(self):
        # mean 1, deviations -1 -1 -1 3: variance 3, third moment 6, fourth 21
        skew, kurtosis = skew_and_kurtosis(np.array([0.0, 0.0, 0.0, 4.0]))
        assert (skew, kurtosis) == (pytest.approx(6 / 3**1.5), pytest.approx(21 / 9))

    def test_what_never_moves_is_taken_for_normal(self):
        assert skew_and_kurtosis(np.zeros(5)) == (0.0, 3.0)

    @given(st.lists(st.floats(-1, 1), min_size=2, max_size=30).filter(lambda r: np.std(r) > 1e-3))
    def test_no_distribution_is_more_skewed_than_peaked(self, returns):
        skew, kurtosis = skew_and_kurtosis(np.array(returns))
        assert kurtosis >= skew**2 + 1 - 1e-6
