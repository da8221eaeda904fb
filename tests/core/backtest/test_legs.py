"""A walk forward as one run, and what it says of the search that led it."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.backtest.folds import Fold, Span
from core.backtest.legs import Leg, chained, efficiency, steadiness
from core.backtest.space import Space
from core.backtest.spoken import dimension
from core.domain.tuning import Tuning
from tests.core.backtest.runs import DAY, NEW_YEAR, closed, run, steady

YEAR = timedelta(days=365)
SPACE = Space((dimension("horizon=12..112:4"), dimension("voices=trend,breakout")))


def leg(learnt=0.2, judged=0.1, train=YEAR, test=YEAR, **tuning):
    middle = NEW_YEAR + train
    fold = Fold(Span(NEW_YEAR, middle), Span(middle, middle + test))
    metrics = None if learnt is None else {"return": learnt}
    return Leg(fold, Tuning(**tuning), metrics, {"return": judged})


def test_money_goes_on_where_the_last_leg_left_it_and_no_moment_is_said_twice():
    first = run(steady(1000, 1010), [closed(10)])
    second = run(steady(1010, 1000, start=NEW_YEAR + DAY), [closed(-10, at=NEW_YEAR + 2 * DAY)])
    whole = chained([first, second])
    assert whole.curve.equity.tolist() == [1000, 1010, 1000]
    assert (np.diff(whole.curve.time) > 0).all()
    assert whole.closing == second.closing == 1000
    assert whole.scenario.equity + sum(trade.net for trade in whole.trades) == whole.closing
    assert (whole.scenario.start, whole.scenario.end) == (NEW_YEAR, NEW_YEAR + 2 * DAY)
    assert [trade.id for trade in whole.trades] == [
        f"1-{first.trades[0].id}",
        f"2-{first.trades[0].id}",
    ]


def test_a_pause_between_legs_keeps_both_of_its_ends():
    later = run(steady(1010, 1020, start=NEW_YEAR + 9 * DAY))
    assert chained([run(steady(1000, 1010)), later]).curve.equity.tolist() == [
        1000,
        1010,
        1010,
        1020,
    ]


def test_one_leg_alone_is_itself():
    only = run(steady(1000, 1010), equity=Decimal(1000))
    assert chained([only]).curve.equity.tolist() == only.curve.equity.tolist()


def test_efficiency_is_the_tests_yearly_return_in_parts_of_the_trains():
    assert efficiency([leg(0.2, 0.1)]) == pytest.approx(0.5)
    assert efficiency([leg(0.2, 0.1), leg(0.2, 0.1)]) == pytest.approx(0.5)
    half = leg(0.21, 0.1, test=YEAR / 2)
    assert efficiency([half]) == pytest.approx(1.0)


def test_where_the_trains_lost_or_were_short_there_is_no_efficiency():
    assert efficiency([leg(-0.1, 0.1)]) is None
    assert efficiency([leg(None, 0.1)]) is None
    assert efficiency([leg(0.1, 0.1, test=timedelta(days=7))]) is None


def test_steadiness_is_how_little_of_the_range_is_crossed_from_leg_to_leg():
    legs = [leg(horizon=12), leg(horizon=112), leg(horizon=62)]
    assert steadiness(legs, SPACE)["horizon"] == pytest.approx(1 - 0.75)
    same = [leg(horizon=24, voices=("trend",)), leg(horizon=24, voices=("breakout",))]
    assert steadiness(same, SPACE) == {"horizon": 1.0, "voices": 0.0}


def test_one_choice_is_neither_steady_nor_not():
    assert steadiness([leg(), leg(None)], SPACE) == {"horizon": None, "voices": None}
