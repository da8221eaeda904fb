"""Months stand in a table, a year in each line."""

from datetime import UTC, datetime

import pytest

from core.backtest.figures import Month
from handlers.views.backtest.months import years


def month(year, number, change):
    return Month(start=datetime(year, number, 1, tzinfo=UTC), change=change, lowest=0.0, trades=1)


def test_a_year_compounds_its_months():
    (year,) = years([month(2024, 1, 0.1), month(2024, 3, -0.5)])
    assert year.months[:4] == (0.1, None, -0.5, None)
    assert len(year.months) == 12
    assert year.total == pytest.approx(1.1 * 0.5 - 1)


def test_the_oldest_year_comes_first():
    found = years([month(2025, 12, 0.1), month(2024, 1, 0.0)])
    assert [year.year for year in found] == [2024, 2025]


def test_without_months_there_are_no_years():
    assert years([]) == ()
