"""Markets are kept as they were told: each row once, by venue, and read back as columns."""

from datetime import timedelta

import numpy as np
import pytest

from bot.errors import Stop
from bot.market.kept import everything_kept, recorded
from bot.storage.candles import SqlCandles
from core.domain.history import Kept, Kind, Series
from core.domain.market import Timeframe, to_millis
from tests.bot.market.tables import BTC, ETH, START, at, frame, funding, without
from tests.bot.storage.places import OnPooledSqlite, OnPostgres, OnSqlite

H1 = Timeframe.H1


@pytest.fixture
def candles(database):
    return SqlCandles(database)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("time", "open", "high", "low", "close", "volume")
    )


class CandlesContract:
    async def test_candles_come_back_as_they_were_put(self, candles):
        told = without(frame([100.1 + hour for hour in range(50)]), 7, 8)
        await candles.put("binance", BTC, H1, told)

        assert same(await candles.frame("binance", BTC, H1, at(0), at(50)), told)
        assert same(await candles.frame("binance", BTC, H1), told)

    async def test_a_range_holds_its_start_and_not_its_end(self, candles):
        whole = frame(range(1, 25))
        await candles.put("binance", BTC, H1, whole)

        assert same(await candles.frame("binance", BTC, H1, at(3), at(9)), whole.rows(3, 9))
        assert len(await candles.frame("binance", BTC, H1, at(9), at(9))) == 0

    async def test_the_same_page_again_changes_nothing_and_another_word_replaces(self, candles):
        for _ in range(2):
            await candles.put("binance", BTC, H1, frame(range(1, 11)))
        await candles.put("binance", BTC, H1, frame([77.0, 78.0], first=at(9)))

        kept = await candles.frame("binance", BTC, H1)
        assert kept.open.tolist() == [*range(1, 10), 77.0, 78.0]

    async def test_venues_symbols_timeframes_and_kinds_are_kept_apart(self, candles):
        await candles.put("binance", BTC, H1, frame([1]))
        await candles.put("bybit", BTC, H1, frame([2]))
        await candles.put("binance", ETH, H1, frame([3]))
        await candles.put("binance", BTC, Timeframe.M1, frame([4], Timeframe.M1))
        await candles.put_marks("binance", BTC, H1, frame([5]))

        assert (await candles.frame("binance", BTC, H1)).open.tolist() == [1]
        assert (await candles.frame("bybit", BTC, H1)).open.tolist() == [2]
        assert (await candles.frame("binance", ETH, H1)).open.tolist() == [3]
        assert (await candles.frame("binance", BTC, Timeframe.M1)).open.tolist() == [4]
        assert (await candles.marks("binance", BTC, H1)).open.tolist() == [5]

    async def test_funding_is_kept_too(self, candles):
        await candles.put_funding("binance", BTC, funding((0, 0.0001), (8, -0.0003)))

        kept = await candles.funding("binance", BTC, at(1), at(9))
        assert (kept.time.tolist(), kept.rate.tolist()) == ([funding((8, 0)).time[0]], [-0.0003])

    async def test_nothing_kept_is_an_empty_frame_and_no_span(self, candles):
        await candles.put("binance", BTC, H1, frame([]))

        assert len(await candles.frame("binance", BTC, H1)) == 0
        assert len(await candles.funding("binance", BTC)) == 0
        assert await candles.span("binance", BTC, H1) is None
        assert len(await candles.times(Series("binance", BTC, Kind.CANDLES, H1))) == 0
        assert await candles.kept() == ()

    async def test_a_span_says_from_when_to_when_and_how_many(self, candles):
        await candles.put("binance", BTC, H1, without(frame(range(1, 11)), 4))
        await candles.put_funding("binance", BTC, funding((0, 0.0001)))

        span = Kept(Series("binance", BTC, Kind.CANDLES, H1), at(0), at(9), 9)
        stamps = Kept(Series("binance", BTC, Kind.FUNDING, None), at(0), at(0), 1)
        assert await candles.span("binance", BTC, H1) == span
        assert await candles.kept() == (span, stamps)
        assert len(await candles.times(span.series)) == 9
        assert (await candles.times(span.series, at(3), at(6))).tolist() == [
            to_millis(at(hour)) for hour in (3, 5)
        ]

    async def test_a_venue_is_read_as_a_recording(self, candles, database):
        await candles.put("binance", BTC, H1, without(frame(range(1, 11)), 4))
        await candles.put_marks("binance", BTC, H1, frame(range(1, 11)))
        await candles.put_funding("binance", BTC, funding((0, 0.0001)))

        kept = await everything_kept(database)
        recording = await recorded(candles, [one.series for one in kept])

        assert len(recording.candles[BTC][H1]) == 9
        assert len(recording.marks[BTC][H1]) == 10
        assert len(recording.funding[BTC]) == 1
        assert [gap.missing for gap in recording.report.gaps] == [1]

    async def test_what_is_older_than_the_window_is_forgotten(self, candles):
        await candles.put("binance", BTC, H1, frame(range(1, 11)))
        await candles.put("bybit", BTC, H1, frame(range(1, 11)))
        await candles.put_funding("binance", BTC, funding((0, 0.0001), (8, 0.0002)))

        assert await candles.prune(at(4), "binance") == 5
        assert (await candles.span("binance", BTC, H1)).first == at(4)
        assert (await candles.span("bybit", BTC, H1)).first == START
        assert await candles.prune(at(4)) == 4
        assert await candles.prune(START + timedelta(hours=4)) == 0


class TestCandlesOnSqlite(OnSqlite, CandlesContract):
    async def test_a_full_disk_takes_the_whole_page_back_and_says_so(self, candles, database):
        await candles.put("binance", BTC, H1, frame(range(1, 11)))
        await database.run(fill_up)

        with pytest.raises(Stop, match=r"cannot write to the database: .*full"):
            await candles.put("binance", BTC, H1, frame(range(1, 50_001)))

        assert len(await candles.frame("binance", BTC, H1)) == 10


class TestCandlesOnPooledSqlite(OnPooledSqlite, CandlesContract):
    pass


class TestCandlesOnPostgres(OnPostgres, CandlesContract):
    pass


def fill_up(connection):
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}").scalar()
