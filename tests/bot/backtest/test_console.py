"""What a trader reads in a terminal."""

import pytest

from bot.backtest.console import report
from core.domain.people import Language
from handlers.views import numbers
from tests.bot.backtest.facts import reader, record


def said(language=Language.EN, **facts):
    return report(reader(language), record(**facts))


def test_the_first_line_says_what_matters():
    made = record().figures
    first = said().splitlines()[0]
    assert first == (
        f"{made.total:+.2%} · max drawdown {-made.drawdown:.2%} · trades {made.trades}, "
        f"won {made.win_rate:.1%} · buy and hold {made.hold:+.2%}"
    )


def test_then_come_what_was_asked_and_whether_anybody_could_have_known():
    second, third = said().splitlines()[1:3]
    assert second == (
        "Backtest · BTC ETH · 1h · 2026-01-05 – 2026-04-04 · synthetic data (seed 7)"
    )
    assert third == "CLEAN: no model could have known the outcome."
    assert said(cutoffs=(None,)).splitlines()[2].startswith("CONTAMINATED: ")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("trades", [0, 1, 40])
def test_no_line_is_wider_than_a_terminal(language, trades):
    assert all(numbers.cells(line) <= 102 for line in said(language, trades=trades).splitlines())


def test_every_month_stands_in_its_column():
    lines = said().splitlines()
    head = lines.index("Months, %") + 1
    assert lines[head].split() == [*(str(month) for month in range(1, 13)), "Year"]
    shown = lines[head + 1].split()
    assert shown[0] == "2026"
    changes = [f"{100 * month.change:+.2f}" for month in record().figures.months]
    assert shown[1:-1] == [text if float(text) else "0.00" for text in changes]


def test_the_goals_stand_beside_what_was_measured_and_promise_nothing():
    text = said()
    assert "Months of +5% or more               0 of 2" in text
    assert "As measured, without a promise." in text


def test_a_backtest_without_trades_says_so_first():
    lines = said(trades=0).splitlines()
    assert lines[0].startswith("No trade · buy and hold ")
    assert "Ways out" not in lines


def test_korean_reads_korean():
    assert said(Language.KO).splitlines()[2] == "CLEAN: 결과를 미리 알 수 있었던 모델이 없습니다."


def test_the_best_of_many_says_so_before_anything_else():
    assert report(reader(), record(tries=40)).startswith("Best of 40: ")
    assert report(reader(Language.KO), record(tries=40)).startswith("40개 중 최고: ")
