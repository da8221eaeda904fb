"""Candles in basis points of the last close."""

from dataclasses import replace

import numpy as np

from core.domain.market import Origin, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.prompt.glances import Glances
from core.prompt.tables import Table
from tests.builders import INSTRUMENT, NOON
from tests.fakes import frame

NOTHING = frame([])


def tables_of(deciding, *longer):
    seen = MarketSnapshot(
        INSTRUMENT,
        NOON,
        deciding,
        Origin.SYNTHETIC,
        longer={one.timeframe: one for one in longer},
    )
    (glance,) = Glances().of([seen])
    return glance.tables


def test_the_last_close_is_zero_and_the_rest_lies_around_it():
    (table,) = tables_of(frame([1_000.0, 980.0, 1_010.0, 1_000.0], reach=10.0))
    assert table == Table(
        Timeframe.H1,
        "close,high,low,volume",
        ("0,100,-100,100", "-200,100,-300,100", "100,200,-300,100", "0,200,-100,100"),
    )


def test_a_quiet_table_shows_tenths():
    (table,) = tables_of(frame([1_000.0, 1_000.3, 1_000.0]))
    assert table.lines == ("0.0,0.0,0.0,100", "3.0,3.0,0.0,100", "0.0,3.0,0.0,100")


def test_volume_is_told_in_percent_of_the_usual():
    quiet = frame([100.0, 101.0, 100.0])
    (table,) = tables_of(replace(quiet, volume=np.array([1.0, 1.0, 4.0])))
    assert [line.rpartition(",")[2] for line in table.lines] == ["50", "50", "200"]


def test_candles_in_which_nobody_traded_are_like_each_other():
    quiet = frame([100.0, 101.0])
    (table,) = tables_of(replace(quiet, volume=np.zeros(2)))
    assert [line.rpartition(",")[2] for line in table.lines] == ["100", "100"]


def test_longer_frames_have_fewer_candles_and_no_volume():
    hours, days = frame([100.0] * 50), frame([100.0] * 50, Timeframe.D1)
    first, second = tables_of(hours, days)
    assert (len(first.lines), len(second.lines)) == (24, 14)
    assert second.columns == "close,range"


def test_of_a_longer_frame_only_close_and_range_are_told():
    (table,) = tables_of(NOTHING, frame([1_000.0, 990.0, 1_000.0], Timeframe.D1, reach=5.0))
    assert table.lines == ("0,100", "-100,200", "0,200")


def test_every_header_says_which_end_is_now():
    for table in tables_of(frame([100.0] * 50), frame([100.0] * 50, Timeframe.D1)):
        assert table.text.splitlines()[0].startswith(
            f"{table.timeframe} candles, oldest first, newest last: close,"
        )


def test_a_frame_of_which_nothing_can_be_said_has_no_table():
    assert tables_of(NOTHING, frame([], Timeframe.D1)) == ()
    (table,) = tables_of(NOTHING, frame([100.0] * 3, Timeframe.D1))
    assert table.timeframe is Timeframe.D1
