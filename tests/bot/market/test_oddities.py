"""Odd things are found where they are, and what only looks odd is left alone."""

import numpy as np
import pytest

from bot.market import oddities
from bot.market.quality import Compared, Divergence, Jump, Stretch
from core.domain.history import FundingHistory
from core.domain.market import CandleFrame
from tests.bot.market.tables import FIRST, HOUR, at, frame, without


def changed(whole, **columns):
    names = ("time", "open", "high", "low", "close", "volume")
    told = {name: np.array(getattr(whole, name)) for name in names}
    for name, cells in columns.items():
        for row, value in cells.items():
            told[name][row] = value
    return CandleFrame(whole.timeframe, **told)


def stamps(*hours):
    times = np.array([FIRST + round(hour * HOUR) for hour in hours], np.int64)
    return FundingHistory(times, np.zeros(len(hours)))


CALM = frame([100 + (hour % 3) * 0.1 for hour in range(100)])


def test_candles_without_a_trade_are_told_in_stretches():
    quiet = changed(CALM, volume=dict.fromkeys((3, 10, 11, 12, 99), 0))
    assert oddities.silent(quiet) == (Stretch(at(3), 1), Stretch(at(10), 3), Stretch(at(99), 1))
    assert oddities.silent(without(quiet, 11)) == (
        *(Stretch(at(hour), 1) for hour in (3, 10, 12, 99)),
    )
    assert oddities.silent(CALM) == ()


def test_a_close_that_leaves_its_neighbours_is_found():
    (jump,) = oddities.jumps(changed(CALM, close={50: 120.0}))
    assert jump.time == at(50)
    assert jump.change == pytest.approx(0.18, abs=0.01)


@pytest.mark.parametrize(
    ("columns", "hours"),
    [
        ({"close": {50: 1_000.0, 51: 1_000.0}}, [50, 52]),
        ({"close": {0: 1_000.0}}, [1]),
        ({"close": {99: 1_000.0}}, [99]),
        ({"high": {50: 1_000.0}}, [50]),
        ({"low": {50: 1.0}}, [50]),
    ],
)
def test_a_point_in_the_wrong_place_is_found_wherever_it_stands(columns, hours):
    highs = dict.fromkeys(columns.get("close", ()), 1_001.0)
    told = changed(CALM, **{"high": highs} | columns)
    assert [jump.time for jump in oddities.jumps(told)] == [at(hour) for hour in hours]


def test_a_market_that_moves_and_stays_has_not_leapt():
    moved = changed(CALM, close=dict.fromkeys(range(50, 100), 120.0))
    assert oddities.jumps(moved) == ()


def test_in_a_crash_everything_leaps():
    wild = changed(CALM, close={row: 100 + 15 * (row % 2) for row in range(20, 80)})
    assert oddities.jumps(wild) == ()
    assert oddities.jumps(frame([100, 101])) == ()


def test_what_the_mark_did_not_follow_is_told_the_furthest_first():
    last = changed(CALM, low={5: 80.0, 9: 70.0}, high={40: 130.0})
    marks = without(CALM, 9)
    assert oddities.divergences(last, marks) == (
        Divergence(at(40), 130.0, CALM.high[40]),
        Divergence(at(5), 80.0, CALM.low[5]),
    )
    assert oddities.divergences(CALM, CALM) == ()
    assert oddities.divergences(CALM, frame([])) == ()


def test_two_venues_are_compared_where_both_tell_something():
    other = changed(CALM.rows(50, 100), close={0: CALM.close[50] / 1.02})
    compared = oddities.compared(CALM, other, "bybit")
    assert (compared.venue, compared.shared, compared.agreeing) == ("bybit", 50, 0.98)
    assert compared.furthest == Jump(at(50), pytest.approx(0.02))
    assert oddities.compared(CALM, CALM, "bybit") == Compared("bybit", 100, 1.0, None)
    assert oddities.compared(CALM, frame([]), "bybit") is None


def test_missing_funding_is_found_and_a_new_rhythm_is_none():
    (gap,) = oddities.funding_gaps(stamps(0, 8, 16, 40, 48, 56))
    assert (gap.start, gap.end, gap.missing) == (at(24), at(40), 2)
    assert oddities.funding_gaps(stamps(0, 8, 16, 24, 28, 32, 36)) == ()
    assert oddities.funding_gaps(stamps(0, 4, 8, 16, 24, 32)) == ()
    assert oddities.funding_gaps(stamps(0, 8)) == ()


def test_two_gaps_with_one_stamp_between_are_two():
    some = [hour for hour in range(0, 240, 8) if hour not in {80, 96, 112}]
    assert [gap.missing for gap in oddities.funding_gaps(stamps(*some))] == [1, 1, 1]
