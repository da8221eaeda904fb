"""What a search found, in words: the same rows in both languages, and no number without its sign."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.backtest.findings import Findings, Graded, Journey
from core.backtest.folds import Fold, Span
from core.backtest.grades import Chosen, Grades, Marks
from core.backtest.legs import Leg
from core.backtest.objectives import METRICS, Aim
from core.backtest.record import Luck
from core.backtest.sensitivity import Sensitivity
from core.backtest.spoken import constraint
from core.backtest.tried import Tried
from core.domain.people import Language
from core.domain.tuning import Tuning
from handlers.views.search import cells, findings, grades, legs
from handlers.views.search.picture import heat_picture
from tests.bot.backtest.facts import reader, record
from tests.builders import NOON

POINT = {"horizon": 36, "voices": "trend+breakout"}
METRICS_MADE = {"sharpe": 1.234, "return": 0.1, "drawdown": 0.02, "win_rate": 0.5, "trades": 40.0}
MAP = Sensitivity(
    objective="sharpe",
    across="horizon",
    up="quorum",
    columns=(24, 36),
    rows=(1, 2),
    values=((0.5, None), (1.0, 1.234)),
    best=(1, 1),
    plateau=1 / 3,
)
FOUND = Findings(
    aim=Aim(),
    names=("horizon", "voices"),
    tried=60,
    pruned=10,
    feasible=45,
    complete=True,
    top=(Tried(7, POINT, METRICS_MADE),),
    now={"horizon": 48, "voices": "trend+breakout"},
    today={**METRICS_MADE, "sharpe": None},
    sensitivity=MAP,
)
MONTH = timedelta(days=30)
FOLD = Fold(Span(NOON, NOON + MONTH), Span(NOON + MONTH, NOON + 2 * MONTH))
WALKED = Journey(
    aim=Aim(),
    names=("horizon", "voices"),
    tried=120,
    complete=True,
    legs=(
        Leg(FOLD, Tuning(horizon=36), {"sharpe": 2.5}, METRICS_MADE),
        Leg(FOLD, Tuning(horizon=36), None, METRICS_MADE),
    ),
    efficiency=0.42,
    steadiness={"horizon": 1.0, "voices": None},
)
GRADED = Graded(
    aim=Aim(),
    names=("horizon", "voices"),
    grades=Grades(
        (Marks(POINT, (1.0, 2.0)), Marks(POINT, (1.0, None))), (Chosen(POINT, 2.0, 1.0), None)
    ),
)
EN, BOTH = reader(Language.EN), [reader(language) for language in Language]


def test_the_best_stand_below_todays_set_with_the_numbers_that_were_searched():
    head, now, best = findings.top_table(EN, FOUND)
    assert head == ("", "sharpe", "return", "drawdown", "win_rate", "trades", "horizon", "voices")
    assert now[:2] == ("now", "-")
    assert best == ("1", "1.23", "+10.00%", "-2.00%", "50.0%", "40", "36", "trend+breakout")


def test_the_best_of_the_map_stands_in_brackets():
    assert findings.map_table(MAP) == (
        ("quorum \\ horizon", "24", "36"),
        ("1", "0.50", "-"),
        ("2", "1.00", "[1.23]"),
    )
    assert "33.3%" in findings.plateau(EN, MAP)


def test_only_what_would_change_is_proposed_and_nothing_is_changed():
    assert findings.proposal(EN, FOUND) == "Proposed for paper: horizon=36. Nothing was changed."
    assert "today's" in findings.proposal(EN, replace(FOUND, now=POINT))
    assert "nothing is proposed" in findings.proposal(EN, replace(FOUND, top=()))


def test_it_is_said_plainly_that_the_best_of_many_looks_better_than_it_is():
    said = findings.doubt(EN, Luck(tries=60, deflated=0.743))
    assert said.startswith("The best of 60 tries looks better than it is.")
    assert said.endswith("74.3%.")
    assert findings.doubt(EN, Luck(tries=60)).endswith("(deflated): -.")


def test_bounds_and_an_interrupt_are_said():
    asked = replace(FOUND, aim=Aim(("sharpe",), (constraint("drawdown<=5%"),)), complete=False)
    said = findings.summary(EN, asked)
    assert "60 tried, 10 ended early, 45 feasible" in said
    assert "drawdown<=0.05" in said
    assert said.endswith("Interrupted: this is what was finished.")


def test_a_leg_shows_what_was_learnt_and_what_it_was_worth():
    _, first, second = legs.leg_table(EN, WALKED)
    assert first[:4] == ("2024-01-01 – 2024-01-31", "2024-01-31 – 2024-03-01", "2.50", "1.23")
    assert second[2] == "kept"
    assert "42%" in legs.efficiency(EN, WALKED)
    assert "nothing to compare" in legs.efficiency(EN, replace(WALKED, efficiency=None))


def test_each_number_is_shown_over_the_legs():
    head, horizon, voices = legs.steady_table(EN, WALKED)
    assert head == ("", "1", "2", "steady")
    assert horizon == ("horizon", "36", "36", "100.0%")
    assert voices[-1] == "-"


def test_a_grid_shows_each_set_on_each_fold_and_what_choosing_was_worth():
    head, first, second = grades.mark_table(EN, GRADED)
    assert head == ("horizon", "voices", "mean", "spread", "1", "2")
    assert first == ("36", "trend+breakout", "1.50", "0.50", "1.00", "2.00")
    assert second[2:] == ("-", "-", "1.00", "-")
    assert "2.00 there, 1.00 on the fold itself" in grades.chosen(EN, GRADED)
    nobody = replace(GRADED, grades=Grades(GRADED.grades.marks, (None, None)))
    assert grades.chosen(EN, nobody) == "No set was feasible around any fold."


@pytest.mark.parametrize("who", BOTH)
def test_both_languages_say_all_of_it(who):
    tables = (
        findings.top_table(who, FOUND),
        legs.leg_table(who, WALKED),
        legs.steady_table(who, WALKED),
        grades.mark_table(who, GRADED),
    )
    assert all(len(row) == len(table[0]) for table in tables for row in table)
    said = (
        findings.summary(who, FOUND),
        legs.summary(who, replace(WALKED, complete=False)),
        grades.summary(who, GRADED),
    )
    assert all(said)


def test_every_figure_has_a_form():
    assert cells.figures(tuple(METRICS), dict.fromkeys(METRICS, 0.5)) == (
        *("+50.00%", "+50.00%", "0.50", "0.50", "0.50", "-50.00%", "+0.50R", "0.50", "50.0%"),
        *("+0.50R", "0", "50.0%", "0", "+50.00%", "+50.00%"),
    )
    assert cells.figures(("sharpe",), None) == ("-",)


def test_the_picture_of_the_map_says_where_the_candles_come_from():
    picture = heat_picture(EN, record(), MAP, dark=True)
    assert (picture.across, picture.up, picture.columns) == ("horizon", "quorum", ("24", "36"))
    assert picture.texts == (("0.50", "-"), ("1.00", "1.23"))
    assert picture.watermark == "synthetic data · CLEAN"
    assert not picture.falls
