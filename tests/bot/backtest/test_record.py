"""A record keeps what a run came to, small enough for a database and a phone."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.backtest.question import question
from bot.backtest.record import POINTS, Circumstances, finish
from bot.charts.thinning import kept_rows
from bot.storage.codec import decode, encode
from core.backtest.record import Arm, Banner, Record
from core.backtest.run import Curve
from core.domain.tuning import Tuning
from tests.bot.backtest.facts import ASKED, AT, market, record, run


def test_the_closing_equity_is_the_opening_one_and_every_trade():
    made = record()
    assert made.figures.closing == made.figures.opening + sum(trade.net for trade in run().trades)
    assert made.curve[-1] == pytest.approx(float(made.figures.closing), abs=1e-4)


def test_the_curve_is_thinned_and_keeps_its_ends_its_peak_and_its_trough():
    made, whole = record(), run().curve
    assert len(made.times) == len(made.curve) == len(made.hold) <= POINTS
    assert (made.times[0], made.times[-1]) == (whole.time[0], whole.time[-1])
    assert max(made.curve) == pytest.approx(whole.equity.max(), abs=1e-4)
    assert min(made.curve) == pytest.approx(whole.equity.min(), abs=1e-4)


@given(arrays(np.float64, st.integers(1, 5_000), elements=st.floats(1, 1e6)))
def test_no_length_is_thinned_to_more_points_than_promised(column):
    rows = kept_rows((column, column[::-1].copy()), (POINTS - 2) // 4)
    assert len(rows) <= POINTS
    assert rows[0] == 0
    assert rows[-1] == len(column) - 1
    assert column[rows].max() == column.max()
    assert column[rows].min() == column.min()


def test_it_is_compared_with_holding_and_with_random_entries():
    made = record()
    assert [arm.name for arm in made.arms] == ["arm.hold", "arm.random"]
    assert made.arms[0].total == made.figures.hold


def test_too_few_trades_are_not_compared_with_chance():
    assert [arm.name for arm in record(trades=3).arms] == ["arm.hold"]


def test_models_are_compared_with_the_rules_alone_and_stamped():
    made = record(
        rules=run(10), cutoffs=(date(2026, 2, 1),), arms=(Arm(name="arm.other", total=0.5),)
    )
    assert [arm.name for arm in made.arms] == ["arm.hold", "arm.rules", "arm.random", "arm.other"]
    assert made.arms[1].total == float(run(10).closing / run(10).scenario.equity - 1)
    assert made.banner is Banner.MIXED
    assert record().banner is Banner.CLEAN


def test_a_search_says_how_often_it_tried_and_what_it_proposes():
    made = record(tries=500, sharpes=(0.1, 0.5, 1.2), proposed=Tuning(horizon=24))
    assert (made.luck.tries, made.proposed) == (500, Tuning(horizon=24))
    assert made.luck.deflated < record().luck.deflated


def test_the_same_run_at_the_same_time_has_the_same_id_and_another_has_another():
    assert record().id == record().id
    assert len({record().id, record(trades=41).id, record(at=AT.replace(hour=13)).id}) == 3
    assert record().id.isalnum()


@pytest.mark.parametrize("trades", [0, 1, 40])
def test_it_comes_back_from_json_as_it_was(trades):
    made = record(trades)
    assert decode(Record, encode(made)) == made


def test_a_run_over_a_moment_is_a_record():
    short = replace(run(0), curve=Curve(run().curve.time[:1], run().curve.equity[:1]))
    made = finish(short, market().histories, question(ASKED, market()), Circumstances(at=AT))
    assert made.times == (short.curve.time[0],)


def test_late_entries_are_tried_only_where_they_are_asked_for():
    assert record().luck.late_median is None
    chance = record(late=2).luck

    assert chance.late == 2
    assert chance.late_worst <= chance.late_median
