"""Outcomes that are not independent are not counted as if they were."""

import numpy as np
import pytest

from core.scoring.effective import buckets, complete_at, effective, worth
from tests.core.scoring.records import HORIZON, HOUR, record


def test_ten_coins_that_move_together_are_worth_less_than_one_and_a_half():
    assert effective(10) == pytest.approx(10 / 7.3)
    assert effective(1) == 1


def test_a_row_of_coins_at_one_close_is_worth_what_they_are_together():
    parts = worth(np.zeros(2, np.int64), np.array([0, 1]))

    assert parts.sum() == pytest.approx(2 / 1.7)
    assert parts[0] == parts[1]


def test_closes_within_one_horizon_add_nothing():
    hourly = record([{"as_of": hour * HOUR} for hour in range(24)])

    parts = worth(buckets(hourly), hourly.symbol)

    assert parts.sum() == pytest.approx(2.0)


def test_a_bucket_is_one_horizon_of_asking_and_complete_one_horizon_later():
    asked = record([{"as_of": 0}, {"as_of": HORIZON - 1}, {"as_of": HORIZON}])

    assert buckets(asked).tolist() == [0, 0, 1]
    assert complete_at(asked).tolist() == [2 * HORIZON, 2 * HORIZON, 3 * HORIZON]


def test_nothing_is_worth_nothing():
    assert len(worth(buckets(record([])), record([]).symbol)) == 0
