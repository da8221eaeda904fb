"""The closes at which a desk looks, and where each symbol stands then."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.scenario import Scenario
from core.backtest.street import Street
from core.backtest.timetable import Lane, Timetable
from core.domain.market import Timeframe, to_millis
from tests.builders import settings
from tests.core.backtest.runs import history
from tests.core.backtest.scenarios.stage import HOLE, QUIET, frame
from tests.core.paper.builders import BTC, ETH, HOUR, START

H1, M15 = Timeframe.H1, Timeframe.M15
FOUR = ("100 100 100 100", "101 101 101 101", "102 102 102 102", "103 103 103 103")


def scenario(first=0.0, last=4.0):
    return Scenario(
        start=START + timedelta(hours=first),
        end=START + timedelta(hours=last),
        equity=Decimal(1000),
        settings=settings(symbols=(BTC,), timeframe=H1),
    )


def hours(bars, symbol=BTC, **more):
    return history(frame(H1, enumerate(bars)), symbol=symbol, **more)


def hour(number):
    return to_millis(START + number * HOUR)


def closes(*histories, **stretch):
    return [
        (moment - hour(0)) / 3_600_000
        for moment in Timetable(histories, scenario(**stretch)).closes.tolist()
    ]


def test_closes_lie_after_the_start_and_up_to_the_end():
    assert closes(hours(FOUR)) == [1, 2, 3, 4]
    assert closes(hours(FOUR), first=1, last=3) == [2, 3]
    assert closes(hours(FOUR), first=1.5, last=2.5) == [2]
    assert closes(hours(FOUR), first=9, last=12) == []


def test_two_symbols_are_looked_at_together():
    assert closes(hours(FOUR), hours(FOUR, ETH)) == [1, 2, 3, 4]
    one, other = (QUIET, HOLE, QUIET), (HOLE, QUIET, HOLE, QUIET)
    assert closes(hours(one), hours(other, ETH)) == [1, 2, 3, 4]
    assert closes(hours((QUIET, HOLE, HOLE, QUIET)), hours(other[:2], ETH)) == [1, 2, 4]


@pytest.mark.parametrize(
    ("at", "first", "last"), [(0, 0, -1), (1, 0, 0), (1.5, 1, 0), (2, 1, 1), (4, 2, 2), (5, 3, 2)]
)
def test_a_moment_has_a_close_before_and_after_it(at, first, last):
    timetable = Timetable([hours((QUIET, QUIET, HOLE, QUIET))], scenario())
    assert len(timetable) == 3
    assert timetable.first_from(hour(at)) == first
    assert timetable.last_by(hour(at)) == last


def test_a_lane_stands_at_the_next_bar_and_its_price():
    past = hours((FOUR[0], FOUR[1], HOLE, FOUR[3]))
    lane = Lane(Street(past), timetable := Timetable([past], scenario()))
    assert [timetable.at(place) for place in range(3)] == [hour(1), hour(2), hour(4)]
    assert lane.rows.tolist() == [1, 2, 3]
    assert lane.last.tolist() == [101, 101, 103]  # the next open, or the last close


def test_a_lane_follows_marks():
    marks = frame(H1, enumerate(("90 90 90 90", HOLE, "92 92 92 92")))
    past = hours(FOUR, mark=marks)
    lane = Lane(Street(past), Timetable([past], scenario()))
    assert lane.mark.tolist() == [90, 92, 92, 103]


@given(st.integers(0, 15), st.integers(0, 15))
def test_a_finer_tape_is_counted_in_its_own_bars(first, count):
    """At the close of an hour four quarters of it have closed."""
    finer = frame(M15, enumerate([QUIET] * 16))
    past = hours(FOUR, tape=finer.rows(first, first + count + 1))
    lane = Lane(Street(past), Timetable([past], scenario()))
    there = range(first, min(first + count + 1, 16))
    assert lane.rows.tolist() == [sum(n < 4 * close for n in there) for close in (1, 2, 3, 4)]
