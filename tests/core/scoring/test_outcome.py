"""One question's answer is the same as the columns that rules learn from."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.market import Bar, to_millis
from core.domain.opinion import Distances, Question
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.rules.outcomes import GRID, outcomes
from core.scoring.outcome import Walk, resolution
from tests.builders import NOON, SYMBOL, decision
from tests.core.rules.markets import wandering
from tests.fakes import frame

steady = settings(max_examples=25, deadline=None)
STOP, REWARD, HORIZON = 0.01, 2.0, 3
HOUR = timedelta(hours=1)


def bars(whole, start, stop):
    candles = [whole.candle(row) for row in range(start, stop)]
    return [Bar(one, one, one.open_time + whole.timeframe.duration) for one in candles]


def asked(whole, row, horizon=HORIZON, stop=STOP, reward=REWARD):
    close = whole.candle(row).open_time + whole.timeframe.duration
    distances = Distances(stop, reward * stop)
    return Question(
        SYMBOL,
        close,
        float(whole.close[row]),
        horizon * whole.timeframe.duration,
        dict.fromkeys(Side, distances),
        Tuning(horizon=horizon),
    )


def walked(whole, row, horizon=HORIZON, **terms):
    question = asked(whole, row, horizon, **terms)
    return Walk.of(question).after(bars(whole, row + 1, row + 1 + horizon))


@steady
@given(st.integers(0, 400), st.floats(0.003, 0.03), st.floats(0.5, 4), st.integers(1, 24))
def test_it_equals_the_columns_of_the_past(seed, stop, reward, horizon):
    whole = wandering(seed, 60)
    columns = outcomes(whole, np.full(len(whole), stop), reward, horizon)
    for row in range(0, 60 - horizon, 7):
        walk = walked(whole, row, horizon, stop=stop, reward=reward)
        assert walk.is_over
        for side in Side:
            column = columns.target_first[side][row]
            assert walk.answer(side) == pytest.approx(column, abs=1 / GRID)
        assert (walk.price > walk.question.price) == columns.up[row]


@steady
@given(st.integers(0, 400), st.lists(st.integers(1, 12), max_size=4))
def test_strides_do_not_matter(seed, cuts):
    whole = wandering(seed, 40)
    at_once = walked(whole, 10, 24, stop=0.02)
    places = [11, *sorted({11 + cut for cut in np.cumsum(cuts) if cut < 24}), 35]
    walk = Walk.of(asked(whole, 10, 24, stop=0.02))
    for start, stop in pairwise(places):
        walk = walk.after(bars(whole, start, stop))

    assert walk == at_once


def test_a_missing_bar_leaves_the_question_open():
    whole = frame([100.0] * 6)
    question = asked(whole, 0)

    assert Walk.of(question).after([]) is None
    assert Walk.of(question).after(bars(whole, 2, 4)) is None
    assert Walk.of(question).after([*bars(whole, 1, 2), *bars(whole, 3, 5)]) is None
    assert not Walk.of(question).after(bars(whole, 1, 3)).is_over


def test_the_horizon_counts_from_the_close_and_not_from_the_moment_somebody_looked():
    whole = frame([100.0] * 4)
    late = Question(
        SYMBOL,
        NOON - 3 * HOUR + timedelta(seconds=9),
        100.0,
        HORIZON * HOUR,
        dict.fromkeys(Side, Distances(STOP, REWARD * STOP)),
        Tuning(horizon=HORIZON),
    )

    walk = Walk.of(late).after(bars(whole, 1, 4))

    assert (walk.is_over, walk.seen) == (True, NOON)


@pytest.mark.parametrize(("last", "up"), [(100.1, 1.0), (100.0, 0.5), (99.9, 0.0)])
def test_higher_lower_and_the_same(last, up):
    walk = walked(frame([100.0, 100, 100, last]), 0)

    answer = resolution(decision(question=walk.question), walk, NOON)

    assert (answer.up, answer.ended) == (up, last)
    assert to_millis(answer.at) == to_millis(NOON)
