"""What became of the question: target, stop, or the share of the way at the horizon."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.market import CandleFrame
from core.domain.trading import Side
from core.rules.outcomes import outcomes
from tests.core.rules.markets import wandering
from tests.fakes import frame

STOP, REWARD, HORIZON = 0.01, 2.0, 3
CHANCE = 1 / 3


def resolved(*closes, side=Side.BUY, reach=0.0) -> list[float]:
    """Outcomes of a one-percent stop and a two-percent target over three candles."""
    whole = frame([100.0, *closes], reach=reach)
    columns = outcomes(whole, np.full(len(whole), STOP), REWARD, HORIZON)
    return list(columns.target_first[side])


@pytest.mark.parametrize(
    ("closes", "buy", "sell"),
    [
        ((101, 102, 90), 1.0, 0.0),
        ((99, 105, 105), 0.0, 0.0),
        ((98, 98, 105), 0.0, 1.0),
        ((100, 100, 102), 1.0, 0.0),
        ((100, 100, 100), CHANCE, CHANCE),
        ((100, 100, 100.5), 0.5, 1 / 6),
        ((100, 100, 99.5), 1 / 6, 0.5),
    ],
    ids=["target", "stop", "far down", "at the end", "nowhere", "half a percent up", "and down"],
)
def test_the_first_level_decides_or_else_the_share_of_the_way(closes, buy, sell):
    assert resolved(*closes)[0] == pytest.approx(buy)
    assert resolved(*closes, side=Side.SELL)[0] == pytest.approx(sell)


@pytest.mark.parametrize("side", Side)
def test_a_candle_that_holds_both_levels_counts_as_the_stop(side):
    assert resolved(100, 100, 100, side=side, reach=3.0)[0] == 0.0


def test_levels_are_touched_by_wicks_and_not_by_closes_alone():
    assert resolved(101, 101, 101, reach=1.0)[0] == 0.0
    assert resolved(101, 101, 101, reach=0.9)[0] == pytest.approx(2 / 3)
    assert resolved(101.5, 101.5, 101.5, side=Side.SELL, reach=0.5)[0] == 0.0


def test_the_question_s_own_candle_has_no_say():
    whole = frame([100.0, 100.0, 100.0, 100.0])
    spiked = CandleFrame(
        whole.timeframe, whole.time, whole.open, whole.high * [9, 1, 1, 1], whole.low * [0.1, 1, 1, 1],
        whole.close, whole.volume,
    )  # fmt: skip
    columns = outcomes(spiked, np.full(4, STOP), REWARD, HORIZON)

    assert columns.target_first[Side.BUY][0] == pytest.approx(CHANCE)


def test_rows_whose_horizon_has_not_passed_are_open_even_after_a_hit():
    column = resolved(200, 200, 200, 200)

    assert column[0] == 1.0
    assert not np.isnan(column[1])
    assert np.isnan(column[2:]).all()


def test_up_compares_the_close_at_the_horizon_alone():
    whole = frame([100.0, 150, 50, 101, 150, 50, 101])
    up = outcomes(whole, np.full(7, STOP), REWARD, HORIZON).up

    assert list(up[:4]) == [1, 0, 0, 0]
    assert np.isnan(up[4:]).all()


@pytest.mark.parametrize("rows", [0, 1, HORIZON])
def test_a_frame_no_longer_than_the_horizon_has_resolved_nothing(rows):
    columns = outcomes(frame([100.0] * rows), np.full(rows, STOP), REWARD, HORIZON)

    for column in (columns.up, *columns.target_first.values()):
        assert len(column) == rows
        assert np.isnan(column).all()


def test_a_row_without_a_stop_distance_has_no_outcome():
    stops = np.array([np.nan, STOP, STOP, STOP, STOP])
    columns = outcomes(frame([100.0] * 5), stops, REWARD, HORIZON)

    assert np.isnan(columns.target_first[Side.BUY][0])
    assert columns.target_first[Side.BUY][1] == pytest.approx(CHANCE)


def longhand(whole: CandleFrame, row: int, side: Side) -> float:
    price, sign = whole.close[row], side.sign
    stop, target = price * (1 - sign * STOP), price * (1 + sign * REWARD * STOP)
    for later in range(row + 1, row + HORIZON + 1):
        worst, best = (whole.low, whole.high)[::sign]
        if sign * worst[later] <= sign * stop:
            return 0.0
        if sign * best[later] >= sign * target:
            return 1.0
    return (whole.close[row + HORIZON] - stop) / (target - stop)


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), side=st.sampled_from(Side))
def test_columns_are_what_walking_every_row_would_find(seed, side):
    whole = wandering(seed, 40)
    column = outcomes(whole, np.full(40, STOP), REWARD, HORIZON).target_first[side]

    walked = [longhand(whole, row, side) for row in range(40 - HORIZON)]
    assert column[: 40 - HORIZON] == pytest.approx(walked)


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_the_two_sides_never_both_reach_their_targets(seed):
    whole = wandering(seed, 60)
    sides = outcomes(whole, np.full(60, STOP), REWARD, HORIZON).target_first
    both = sides[Side.BUY] + sides[Side.SELL]

    assert (both[:-HORIZON] <= 1 + 1e-9).all()
    assert (both[:-HORIZON] >= 0).all()
