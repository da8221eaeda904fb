"""What was asked, and what else it was compared with, in the reader's words."""

from dataclasses import replace

import pytest

from core.backtest.record import Banner
from core.domain.people import Language
from core.domain.tuning import Tuning
from handlers.views.backtest.figures import compared_rows, figure_rows, goal_rows
from handlers.views.backtest.picture import equity_picture
from handlers.views.backtest.question import changed, question_rows, stamp
from tests.bot.backtest.facts import ASKED, market, reader, record


def test_only_the_numbers_that_were_turned_are_named():
    asked = replace(
        record().question, tuning=Tuning(horizon=24, stop_in_atr=1.5, voices=("trend",))
    )
    assert changed(asked) == "horizon=24, stop_in_atr=1.5, voices=trend"
    assert dict(question_rows(reader(), record().question))["Rule numbers"] == "as shipped"


@pytest.mark.parametrize("banner", Banner)
def test_a_stamp_is_the_same_in_every_language(banner):
    assert stamp(banner) == banner.value.upper()


@pytest.mark.parametrize("language", Language)
def test_every_arm_has_its_word(language):
    made = record(rules=None)
    names = [name for name, _ in compared_rows(reader(language), made)]
    assert len(names) == len(set(names)) == 1 + len(made.arms) + 4


@pytest.mark.parametrize("trades", [0, 1, 40])
@pytest.mark.parametrize("language", Language)
def test_no_row_is_without_a_word_or_a_number(language, trades):
    made, who = record(trades), reader(language)
    rows = (*figure_rows(who, made.figures), *goal_rows(who, made.figures))
    assert all(name and value for name, value in (*rows, *question_rows(who, made.question)))


def test_the_picture_carries_its_banner_and_where_the_candles_come_from():
    picture = equity_picture(reader(), record(cutoffs=(None,)), dark=True)
    assert picture.watermark == "synthetic data · CONTAMINATED"
    assert picture.benchmarks[0].label == "Buy and hold"
    assert picture.drawdown.column.max() <= 0
    assert picture.title == f"Backtest · BTC ETH · {market(ASKED).timeframe}"
