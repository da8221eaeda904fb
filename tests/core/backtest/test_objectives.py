"""Which of many results comes first, and which do not count at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.objectives import METRICS, Aim, Constraint, Score, front, measure, ranked
from core.backtest.spoken import constraint
from core.backtest.summary import summarise
from core.backtest.tried import Tried, best_first, distinct, leader
from tests.core.backtest.runs import closed, run, steady

BOTH = Aim(("return", "drawdown"))


def score(*values, trades=10):
    return Score(values, (), trades)


def test_every_figure_can_be_measured_and_what_is_undefined_is_none():
    made = measure(summarise(run(steady(1000, 1010, 990, 1020), [closed(20)]), {}))
    assert made.keys() == METRICS.keys()
    assert made["return"] == pytest.approx(0.02)
    assert made["trades"] == 1
    assert made["profit_factor"] is None
    assert made["month_loss"] == pytest.approx(-0.01)
    assert made["month_gain"] == pytest.approx(0.02)


def test_what_never_traded_is_not_feasible_and_no_error():
    figures = summarise(run(steady(1000, 1000)), {})
    made = Aim(("sharpe",), (constraint("drawdown<=0.1"),)).score(measure(figures))
    assert (made.values, made.violations, made.feasible) == ((None,), (-1.0,), False)
    assert not Aim(("return",)).score({"return": 0.1, "trades": 0.0}).feasible


@pytest.mark.parametrize(
    ("text", "value", "violation"),
    [
        ("drawdown<=0.05", 0.05, 0.0),
        ("drawdown<=0.05", 0.10, 1.0),
        ("trades>=30", 15.0, 0.5),
        ("trades>=30", 60.0, -1.0),
        ("month_loss>=-0.02", -0.03, 0.5),
        ("return>=0", -0.25, 0.25),
        ("sharpe>=1", None, 1.0),
    ],
)
def test_a_violation_is_counted_in_parts_of_the_bound(text, value, violation):
    bound = constraint(text)
    assert bound.violation({bound.name: value}) == pytest.approx(violation)


def test_a_bound_is_said_as_it_was_typed():
    assert str(constraint("drawdown<=5%")) == "drawdown<=0.05"
    assert str(Constraint("trades", 30, at_most=False)) == "trades>=30"


def test_one_objective_ranks_the_feasible_and_the_earlier_of_equals_first():
    scores = [score(1.0), score(3.0, trades=0), score(2.0), score(None), score(2.0)]
    assert ranked(scores, Aim(("sharpe",))) == [2, 4, 0]


def test_less_drawdown_is_better():
    assert ranked([score(0.2), score(0.1), score(0.3)], Aim(("drawdown",))) == [1, 0, 2]


def test_a_front_is_what_nothing_else_beats_in_every_objective():
    scores = [score(0.1, 0.05), score(0.2, 0.10), score(0.15, 0.10), score(0.05, 0.01)]
    assert front(scores, BOTH) == [1, 0, 3]
    assert ranked(scores, BOTH) == [1, 0, 3, 2]


values = st.floats(-1, 1)


@given(st.lists(st.tuples(values, values), max_size=30))
def test_fronts_hold_every_feasible_row_once_and_no_later_one_beats_an_earlier(pairs):
    order = ranked([score(*pair) for pair in pairs], BOTH)
    assert sorted(order) == list(range(len(pairs)))
    for place, one in enumerate(order):
        for later in order[place + 1 :]:
            (gain, fall), (other_gain, other_fall) = pairs[one], pairs[later]
            assert not (other_gain > gain and other_fall < fall)


@given(st.lists(values, min_size=1, max_size=30))
def test_the_leader_is_the_first_of_the_ranking(column):
    aim = Aim(("return",))
    tried = [Tried(n, {"prior": n}, {"return": v, "trades": 1}) for n, v in enumerate(column)]
    assert leader(tried, aim) == best_first(tried, aim)[0]
    assert leader([replace(one, metrics=None) for one in tried], aim) is None


def test_a_point_counts_once_as_it_was_seen_to_the_end():
    made = {"return": 0.1, "trades": 1}
    tried = [
        Tried(0, {"prior": 1}, None),
        Tried(1, {"prior": 1}, made),
        Tried(2, {"prior": 1}, made),
    ]
    assert distinct(tried) == (tried[1],)
