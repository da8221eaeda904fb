"""The map around the best set: which neighbours are tried, and when they make a plateau."""

import numpy as np
import pytest

from core.backtest.objectives import Aim
from core.backtest.sensitivity import near, neighbours, plateau
from core.backtest.space import Space
from core.backtest.spoken import dimension

SPACE = Space((dimension("horizon=12..96:12"), dimension("stop_in_atr=1..4:0.5")))
BEST = {"horizon": 48, "stop_in_atr": 2.0}


@pytest.mark.parametrize(
    ("text", "value", "around"),
    [
        ("horizon=12..96:12", 48, (12, 24, 36, 48, 60, 72, 84)),
        ("horizon=12..96:12", 96, (60, 72, 84, 96)),
        ("quorum=1..3", 2, (1, 2, 3)),
        ("trend_in_atr=0.1..1.5:0.1", 0.3, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),
        ("stop_in_atr=1..2", 1.5, (1.35, 1.4, 1.45, 1.5, 1.55, 1.6, 1.65)),
        (
            "voices=trend,breakout,trend+breakout",
            "breakout",
            ("trend", "breakout", "trend+breakout"),
        ),
    ],
)
def test_three_steps_to_each_side_lie_near_as_far_as_there_is_room(text, value, around):
    assert near(dimension(text), value) == around


def test_neighbours_differ_from_the_best_in_two_numbers_only():
    lying = neighbours(SPACE, {**BEST, "quorum": 1}, ("horizon", "stop_in_atr"))
    points = lying.points()
    assert len(points) == len(lying.columns) * len(lying.rows)
    assert {point["quorum"] for point in points} == {1}
    assert {**BEST, "quorum": 1} in points


def test_the_map_has_a_row_for_each_value_and_knows_where_the_best_lies():
    lying = neighbours(SPACE, BEST, ("horizon", "stop_in_atr"))
    metrics = [
        {"sharpe": point["horizon"] + point["stop_in_atr"], "trades": 9}
        for point in lying.points()
    ]
    metrics[0] = None
    found = lying.mapped(Aim(), metrics)
    row, column = found.best
    assert found.values[row][column] == 50.0
    assert found.values[0][0] is None
    assert np.shape(found.values) == (len(found.rows), len(found.columns))


@pytest.mark.parametrize(
    ("values", "sign", "share"),
    [
        (((1.0, 0.9), (0.89, 2.0)), 1, 2 / 3),
        (((1.0, None), (None, None)), 1, 0.0),
        (((-1.0, -1.1), (-1.2, -0.5)), 1, 2 / 3),
        (((0.10, 0.11), (0.12, 0.05)), -1, 2 / 3),
        (((None, 1.0), (1.0, 1.0)), 1, None),
        (((1.0,),), 1, None),
    ],
)
def test_a_plateau_is_the_share_of_others_within_a_tenth_of_the_best(values, sign, share):
    found = plateau(values, (0, 0), sign)
    assert found == share or found == pytest.approx(share)
