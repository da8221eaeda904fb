"""What a person types about a search, and what is said to what cannot be read."""

import pytest

from core.backtest.objectives import Constraint
from core.backtest.space import USUAL, Choice, Range
from core.backtest.spoken import constraint, dimension, objectives


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("horizon=12..96:12", Range("horizon", 12, 96, 12)),
        ("horizon = 12 .. 96 : 12", Range("horizon", 12, 96, 12)),
        ("stop_in_atr=1.5..3", Range("stop_in_atr", 1.5, 3.0)),
        ("hurdle=-0.001..0.001:0.0005", Range("hurdle", -0.001, 0.001, 0.0005)),
        ("quorum=1,2", Choice("quorum", (1, 2))),
        ("fixed_stop=0,0.01", Choice("fixed_stop", (0.0, 0.01))),
        ("voices=trend,trend+breakout", Choice("voices", ("trend", "trend+breakout"))),
        ("horizon", USUAL["horizon"]),
    ],
)
def test_a_dimension_is_a_range_a_choice_or_the_usual(text, meant):
    assert dimension(text) == meant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wings=1..2", "there is no 'wings' to search; there are horizon"),
        ("horizon=", "is not NAME=LOW..HIGH:STEP or NAME=A,B,C"),
        ("horizon=many", "horizon is a whole number, not 'many'"),
        ("horizon=12..x", "horizon is a whole number, not 'x'"),
        ("horizon=1.5,2", "horizon is a whole number, not '1.5'"),
        ("stop_in_atr=nan..2", "stop_in_atr is a number, not 'nan'"),
        ("stop_in_atr=1..inf", "stop_in_atr is a number, not 'inf'"),
        ("stop_in_atr=1..2:no", "stop_in_atr is a number, not 'no'"),
        ("horizon=96..12", "the low end 96 lies above 12"),
        ("quorum=0,1", "0 does not do"),
        ("voices=1..2", "'1..2' is none of the voices"),
    ],
)
def test_what_is_no_dimension_is_refused_in_a_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        dimension(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("drawdown<=0.05", Constraint("drawdown", 0.05, at_most=True)),
        ("drawdown <= 5%", Constraint("drawdown", 0.05, at_most=True)),
        ("trades>=30", Constraint("trades", 30, at_most=False)),
        ("month_loss>=-0.02", Constraint("month_loss", -0.02, at_most=False)),
    ],
)
def test_a_bound_is_a_figure_a_sign_and_a_number(text, meant):
    assert constraint(text) == meant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("drawdown<0.05", "is not a bound such as drawdown<=0.05"),
        ("luck>=1", "there is no figure 'luck'; there are return"),
        ("trades>=many", "'many' in 'trades>=many' is not a number"),
        ("trades>=nan", "'nan' in 'trades>=nan' is not a number"),
    ],
)
def test_what_is_no_bound_is_refused_in_a_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        constraint(text)


def test_objectives_are_figures_each_named_once():
    assert objectives("sharpe, drawdown") == ("sharpe", "drawdown")
    for text, says in (
        ("magic", "no figure 'magic'"),
        ("", "at least one"),
        ("calmar,calmar", "different"),
    ):
        with pytest.raises(ValueError, match=says):
            objectives(text)
