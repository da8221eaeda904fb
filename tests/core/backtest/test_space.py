"""What may be searched, and how points become tunings and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.space import DEFAULT, NAMES, USUAL, Choice, Range, Space
from core.backtest.spoken import dimension
from core.domain.tuning import STANDARD, VOICES, Tuning


def space(*texts):
    return Space(tuple(map(dimension, texts)))


def test_a_grid_has_every_combination_once_and_is_counted_before_it_is_walked():
    grid = space("horizon=12..48:12", "stop_in_atr=1..2:0.5", "voices=trend,trend+breakout")
    points = [tuple(point.values()) for point in grid.grid()]
    assert grid.count == len(points) == len(set(points)) == 4 * 3 * 2
    assert points[:3] == [(12, 1.0, "trend"), (12, 1.0, "trend+breakout"), (12, 1.5, "trend")]


def test_a_range_without_a_step_has_no_grid():
    free = space("horizon=12..48:12", "stop_in_atr=1..2")
    assert free.count is None
    with pytest.raises(ValueError, match="stop_in_atr: a grid needs a step"):
        tuple(free.grid())


def test_whole_numbers_go_by_ones_unless_said():
    assert dimension("fresh=1..4").values == (1, 2, 3, 4)
    assert dimension("fresh=1..4").count == 4


def test_a_step_that_does_not_reach_the_high_end_stays_below_it():
    assert dimension("horizon=12..50:12").values == (12, 24, 36, 48)


def test_multiples_of_a_step_carry_no_dust():
    assert dimension("trend_in_atr=0.1..0.7:0.1").values == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def test_a_point_changes_what_it_names_and_nothing_else():
    found = space("quorum=1,2", "voices=trend,trend+breakout")
    tuned = found.tuning({"quorum": 1, "voices": "trend+breakout"}, Tuning(horizon=24))
    assert tuned == Tuning(horizon=24, quorum=1, voices=("trend", "breakout"))


def test_a_sampler_s_dust_is_brushed_off():
    found = space("trend_in_atr=0.1..1.5:0.1", "horizon=12..96")
    point = found.rounded({"trend_in_atr": 1.4000000000000001, "horizon": 48.0})
    assert point == {"trend_in_atr": 1.4, "horizon": 48}
    assert type(point["horizon"]) is int


def test_the_usual_dimensions_are_all_numbers_of_the_desk_and_hold_what_ships():
    assert tuple(USUAL) == NAMES
    for each in USUAL.values():
        assert each.count is not None
    assert DEFAULT.point(STANDARD)["horizon"] == STANDARD.horizon
    assert "+".join(VOICES) in USUAL["voices"].values


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: Range("horizon", 48, 12), "the low end 48 lies above 12"),
        (lambda: Range("stop_in_atr", 1, 2, 0), "a step must be above 0"),
        (lambda: Range("horizon", 12, 48, 0.5), "goes in whole numbers"),
        (lambda: Range("stop_in_atr", 0, 2), "0 does not do: .* must be positive"),
        (lambda: Range("fixed_stop", 0.5, 1.5), "1.5 does not do"),
        (lambda: Choice("quorum", (1, 1)), "must be different"),
        (lambda: Choice("quorum", ()), "at least one"),
        (lambda: Choice("voices", ("trend+magic",)), "'magic' is none of the voices trend"),
        (lambda: space("horizon", "horizon"), "horizon is given twice"),
        (lambda: Space(()), "nothing to search"),
    ],
)
def test_what_no_desk_can_be_turned_to_is_refused(made, says):
    with pytest.raises(ValueError, match=says):
        made()


@given(st.fixed_dictionaries({each.name: st.sampled_from(each.values) for each in USUAL.values()}))
def test_every_point_of_the_usual_space_is_a_tuning_and_comes_back(point):
    whole = Space(tuple(USUAL.values()))
    assert whole.point(whole.tuning(point)) == point
