"""Two records side by side."""

from dataclasses import fields, replace
from decimal import Decimal

from core.backtest.compare import Difference, differences
from core.backtest.figures import Figures
from core.backtest.record import Banner, Kind, ModelUse, Question, Record
from core.backtest.summary import summarise
from core.domain.market import Origin, Timeframe
from core.domain.people import Approval, Profile
from core.domain.tuning import Tuning
from tests.builders import LIMITS, NOON, SYMBOL
from tests.core.backtest.runs import NEW_YEAR, closed, run, steady

QUESTION = Question(
    kind=Kind.BACKTEST,
    symbols=(SYMBOL,),
    timeframe=Timeframe.H1,
    start=NEW_YEAR,
    end=NOON,
    equity=Decimal(1000),
    profile=Profile.BALANCED,
    limits=LIMITS,
    approval=Approval.AUTOPILOT,
    tuning=Tuning(),
    two_targets=True,
    slippage=Decimal("0.0002"),
    models=ModelUse.RULES,
    origin=Origin.RECORDED,
    source="files",
)
TABLES = {"months", "exits", "symbols", "goals"}


def record(*equity, trades=(), **asked):
    return Record(
        id="abc",
        at=NOON,
        question=replace(QUESTION, **asked),
        banner=Banner.CLEAN,
        figures=summarise(run(steady(*equity), trades), {}),
        times=(),
        curve=(),
        hold=(),
    )


ONE = record(1000, 1100)


def lines(one, other):
    return {line.name: (line.a, line.b) for line in differences(one, other)}


def test_every_figure_is_there_though_it_be_equal():
    names = [line.name for line in differences(ONE, ONE)]
    figures = [field.name for field in fields(Figures) if field.name not in TABLES]
    goals = ["goals.months", "goals.in_goal", "goals.losses_kept", "goals.win_rate"]
    assert names == figures + goals


def test_both_values_stand_beside_each_other():
    found = lines(ONE, record(1000, 900, trades=[closed(-100)]))
    assert found["closing"] == (Decimal("1100.0"), Decimal("900.0"))
    assert found["trades"] == (0, 1)
    assert found["win_rate"] == (None, 0.0)
    assert found["goals.months"] == (0, 0)


def test_of_tuning_and_limits_only_what_differs():
    other = record(1000, 1100, tuning=Tuning(horizon=24), limits=replace(LIMITS, leverage=5))
    found = lines(ONE, other)
    assert found["tuning.horizon"] == (48, 24)
    assert found["limits.leverage"] == (3, 5)
    assert sum(name.startswith(("tuning.", "limits.")) for name in found) == 2


def test_what_was_asked_differently_is_told_once():
    found = differences(ONE, record(1000, 1100, timeframe=Timeframe.M15, equity=Decimal(5)))
    asked = [line for line in found if line.name.startswith("question.")]
    assert asked == [Difference("question.timeframe", Timeframe.H1, Timeframe.M15)]
