"""Days and months of a run, against calendars worked out by hand."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.figures import Month
from core.backtest.periods import covered, daily_returns, months, spans
from core.domain.market import to_millis
from tests.core.backtest.runs import DAY, HOUR, NEW_YEAR, closed, curve, steady

NOBODY = np.empty(0, np.int64)
NOON = NEW_YEAR + 12 * HOUR
EQUITIES = st.lists(st.floats(10, 1e6), min_size=1, max_size=80)


def moment(month, day, hour=0):
    return datetime(2024, month, day, hour, tzinfo=UTC)


def ends(*moments):
    return np.array([to_millis(at) for at in moments], dtype=np.int64)


def stretches(*hours):
    return np.array(hours, dtype=np.int64).reshape(-1, 2)


class TestDailyReturns:
    def test_a_midnight_close_ends_the_day_before(self):
        assert daily_returns(steady(100, 110, 99)) == pytest.approx([0.1, -0.1])

    def test_only_the_last_close_of_a_day_counts(self):
        line = curve((NEW_YEAR, 100), (NOON, 500), (NEW_YEAR + DAY, 110), (NOON + DAY, 121))
        assert daily_returns(line) == pytest.approx([0.1, 0.1])

    def test_a_partial_first_day_counts_from_the_opening(self):
        assert daily_returns(curve((NOON, 100), (NEW_YEAR + DAY, 120))) == pytest.approx([0.2])

    def test_a_day_without_a_close_stands_still(self):
        line = curve((NEW_YEAR, 100), (NEW_YEAR + DAY, 110), (NEW_YEAR + 3 * DAY, 121))
        assert daily_returns(line) == pytest.approx([0.1, 0.0, 0.1])

    def test_a_run_without_a_close_has_no_day(self):
        assert len(daily_returns(steady(100))) == 0

    def test_after_ruin_nothing_changes(self):
        assert list(daily_returns(steady(100, 0, 0, -5))) == [-1.0, 0.0, 0.0]

    @given(EQUITIES, st.integers(1, 40))
    def test_the_days_compound_to_the_whole(self, equity, hours):
        line = steady(*equity, start=NOON, step=hours * HOUR)
        assert np.prod(1 + daily_returns(line)) == pytest.approx(equity[-1] / equity[0])


class TestMonths:
    def test_each_is_judged_by_the_equity_it_began_with(self):
        line = curve(
            (moment(1, 15), 1000), (moment(1, 20), 970), (moment(2, 1), 1100),
            (moment(2, 10), 1067), (moment(3, 1), 1210), (moment(3, 2), 1331),
        )  # fmt: skip
        january, february, march = months(line, NOBODY)
        assert (january.start, february.start) == (moment(1, 1), moment(2, 1))
        assert january.change == pytest.approx(0.1)
        assert january.lowest == pytest.approx(-0.03)
        assert february.change == pytest.approx(0.1)
        assert february.lowest == pytest.approx(-0.03)
        assert march == Month(start=moment(3, 1), change=pytest.approx(0.1), lowest=0.0, trades=0)

    def test_a_month_that_only_rose_has_no_low(self):
        assert months(steady(1000, 1010, 1020), NOBODY)[0].lowest == 0.0

    def test_a_close_at_midnight_opens_no_new_month(self):
        line = curve((moment(1, 1), 1000), (moment(2, 1), 1100))
        assert [month.start for month in months(line, NOBODY)] == [moment(1, 1)]

    def test_a_month_without_a_close_is_there_and_stands_still(self):
        line = curve((moment(1, 10), 1000), (moment(3, 10), 900))
        assert [month.change for month in months(line, NOBODY)] == pytest.approx([0, 0, -0.1])

    def test_a_trade_counts_in_the_month_of_its_end(self):
        line = curve((moment(1, 10), 1000), (moment(2, 10), 1000))
        ended = ends(moment(2, 5), moment(1, 20), moment(2, 1), moment(2, 1, 1))
        assert [month.trades for month in months(line, ended)] == [2, 2]

    def test_a_run_without_a_close_is_one_still_month(self):
        assert months(steady(1000), NOBODY) == (
            Month(start=NEW_YEAR, change=0.0, lowest=0.0, trades=0),
        )

    def test_after_ruin_nothing_changes(self):
        line = curve((moment(1, 10), 1000), (moment(1, 20), 0), (moment(2, 10), -5))
        assert [month.change for month in months(line, NOBODY)] == [-1.0, 0.0]

    @given(EQUITIES, st.integers(1, 400))
    def test_the_months_compound_to_the_whole(self, equity, hours):
        line = steady(*equity, start=NOON, step=hours * HOUR)
        brought = months(line, NOBODY)
        whole = np.prod([1 + month.change for month in brought])
        assert whole == pytest.approx(equity[-1] / equity[0])
        assert all(month.lowest <= min(0, month.change) for month in brought)

    @given(st.lists(st.integers(1, 4000), max_size=30))
    def test_every_trade_is_counted_once(self, hours):
        line = curve((NEW_YEAR, 1000), (NEW_YEAR + 4000 * HOUR, 1000))
        ended = ends(*(NEW_YEAR + hour * HOUR for hour in hours))
        assert sum(month.trades for month in months(line, ended)) == len(hours)


class TestSpans:
    def test_a_trade_lived_from_its_opening_to_its_end(self):
        at = NEW_YEAR + timedelta(hours=5, milliseconds=1)
        lives = spans([closed(1, at=at, held=2 * HOUR)])
        assert lives.tolist() == [[to_millis(at - 2 * HOUR), to_millis(at)]]

    def test_without_trades_there_are_none(self):
        assert spans([]).shape == (0, 2)

    def test_what_never_opened_is_left_out(self):
        assert spans([closed(1, opened_at=None)]).shape == (0, 2)


class TestCovered:
    @pytest.mark.parametrize(
        ("lives", "share"),
        [
            ((), 0.0),
            (((0, 5),), 0.5),
            (((0, 5), (2, 3)), 0.5),
            (((6, 8), (0, 5), (4, 7)), 0.8),
            (((-5, 1), (9, 20)), 0.2),
            (((0, 10), (0, 10)), 1.0),
            (((3, 3),), 0.0),
            (((11, 12),), 0.0),
        ],
    )
    def test_the_union_counts_once(self, lives, share):
        assert covered(stretches(*lives), 0, 10) == pytest.approx(share)

    def test_a_stretch_without_length_is_not_covered(self):
        assert covered(stretches((0, 5)), 3, 3) == 0.0

    @given(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 15)), max_size=12))
    def test_it_counts_as_a_person_with_a_calendar_would(self, lives):
        inside = {h for begun, held in lives for h in range(begun, begun + held) if 0 <= h < 30}
        found = covered(stretches(*((begun, begun + held) for begun, held in lives)), 0, 30)
        assert found == pytest.approx(len(inside) / 30)
