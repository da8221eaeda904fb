"""Marks are proper: the honest forecast gets the best one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.scoring.marks import binned, brier, hits, log_score, murphy, skill, wilson

SHARES = st.floats(0, 1)
steady = settings(deadline=None)
ROWS = st.lists(st.tuples(SHARES, SHARES, st.floats(0.01, 5)), min_size=1, max_size=40)


def columns(rows):
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def test_a_coin_is_worth_a_quarter():
    half, outcome, weight = np.full(4, 0.5), np.array([0.0, 1, 0, 1]), np.ones(4)
    assert brier(half, outcome, weight) == 0.25
    assert log_score(half, outcome, weight) == pytest.approx(math.log(2))


def test_a_certain_fool_is_surprised_but_not_endlessly():
    assert 10 < log_score(np.array([1.0]), np.array([0.0]), np.ones(1)) < 20


@steady
@given(ROWS)
def test_the_parts_of_a_brier_score_add_up(rows):
    p, outcome, weight = columns(rows)
    parts = murphy(p, outcome, weight)

    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert whole == pytest.approx(parts.brier, abs=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


@steady
@given(st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.7]), st.booleans()), min_size=1))
def test_with_few_different_forecasts_nothing_is_hidden_in_the_bins(rows):
    p, outcome = columns([(p, float(came)) for p, came in rows])

    assert murphy(p, outcome, np.ones(len(p)), most=50).within == pytest.approx(0, abs=1e-12)


@steady
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))

    assert murphy(*columns(rows)).brier == pytest.approx(murphy(*columns(shuffled)).brier)
    assert hits(*columns(rows)).low == pytest.approx(hits(*columns(shuffled)).low)


@steady
@given(ROWS)
def test_bins_keep_all_the_weight_and_rise(rows):
    p, outcome, weight = columns(rows)
    bins = binned(p, outcome, weight)

    assert np.sum(bins.weight) == pytest.approx(np.sum(weight))
    assert (np.diff(bins.forecast) > 0).all()


def test_no_forecast_has_no_bins_and_no_mark():
    nothing = np.zeros(0)
    assert len(binned(nothing, nothing, nothing).weight) == 0
    assert math.isnan(murphy(nothing, nothing, nothing).brier)
    assert math.isnan(skill(0.2, 0.0))


def test_wilson_knows_the_textbook_and_that_nothing_was_seen():
    known = wilson(0.8, 10)
    assert (round(known.low, 4), round(known.high, 4)) == (0.4902, 0.9433)
    unseen = wilson(math.nan, 0)
    assert (unseen.low, unseen.high) == (0, 1)
    assert unseen.overlaps(known)
    assert known.holds(0.5)


@steady
@given(SHARES, st.floats(0.1, 1e6))
def test_an_interval_holds_its_share_and_shrinks_with_more(share, n):
    few, many = wilson(share, n), wilson(share, 4 * n)

    assert few.low - 1e-9 <= share <= few.high + 1e-9
    assert many.high - many.low <= few.high - few.low


def test_a_forecast_of_one_half_names_no_side():
    p = np.array([0.5, 0.6, 0.4, 0.7])
    hit = hits(p, np.array([1.0, 1, 0, 0]), np.ones(4))
    assert (hit.n, hit.share) == (3, pytest.approx(2 / 3))


def test_skill_is_the_part_of_a_coins_error_that_was_saved():
    assert skill(0.2, 0.25) == pytest.approx(0.2)
    assert skill(0.3, 0.25) == pytest.approx(-0.2)
