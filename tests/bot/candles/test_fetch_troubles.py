"""A download that cannot go on loses nothing and says so."""

import asyncio
from collections import deque

import pytest

from bot.errors import Stop, VenueBusy
from core.domain.market import Timeframe
from core.errors import UnknownSymbol
from tests.bot.candles.fetched import PAGE, WHOLE, hours, kept, venue
from tests.bot.candles.venue import gone
from tests.bot.market.tables import BTC

H1 = Timeframe.H1


async def test_a_busy_venue_is_waited_for_as_long_as_it_says(fetch, store, naps):
    troubles = deque([None, VenueBusy("binance asks to wait", 30), None, VenueBusy("banned", 120)])
    assert await fetch(venue(WHOLE, troubles=troubles), 1_000) == 1_000
    assert naps == [30, 120]
    assert "binance asks to wait; waiting 30 s (try 1 of 4)" in fetch.said.getvalue()


async def test_a_venue_that_does_not_say_is_asked_less_and_less_often(fetch, store, naps):
    troubles = deque([None, gone(), VenueBusy("busy"), gone()])
    assert await fetch(venue(WHOLE, troubles=troubles), 1_000) == 1_000
    assert naps == [1, 2, 4]


async def test_a_venue_that_stays_away_loses_nothing(fetch, store):
    troubles = deque([None, None, None, *[gone()] * 5])
    with pytest.raises(Stop, match="does not answer; what has come is kept, and the same command"):
        await fetch(venue(WHOLE, troubles=troubles), 1_000)
    assert len(await kept(store)) == 200

    assert await fetch(venue(WHOLE), 1_000) == 800


async def test_a_ban_of_hours_is_not_sat_out(fetch, naps):
    with pytest.raises(Stop, match="banned until midnight"):
        await fetch(venue(WHOLE, troubles=deque([VenueBusy("banned until midnight", 7_200)])), 9)
    assert naps == []


async def test_an_unknown_symbol_is_answered_with_near_ones(fetch):
    with pytest.raises(
        Stop, match="binance trades no BTX/USDT:USDT: misspelt, or no longer listed"
    ):
        await fetch(venue(WHOLE), 9, symbols=("BTX/USDT:USDT",))


async def test_a_symbol_that_is_delisted_meanwhile_is_told(fetch, store):
    troubles = deque([None, None, UnknownSymbol(symbol=BTC)])
    with pytest.raises(Stop, match=f"binance knows no {BTC} any more; what has come is kept"):
        await fetch(venue(WHOLE, troubles=troubles), 1_000)
    assert len(await kept(store)) == 100


async def test_a_timeframe_that_the_venue_lacks_is_told_before_anything_is_asked(fetch):
    binance = venue(WHOLE)
    with pytest.raises(Stop, match="binance has no 15m candles; it has 1m, 1h"):
        await fetch(binance, 9, frames=(H1, Timeframe.M15))
    assert binance.asked == []


async def test_a_full_disk_keeps_what_was_written_and_is_told(fetch, store):
    await store.database.run(nearly_full)
    with pytest.raises(Stop, match=r"cannot write to the database: .*full; what has come is kept"):
        await fetch(venue(hours(20_000)), 20_000)
    before = await kept(store)
    assert 0 < len(before) < 20_000
    assert len(before) % PAGE == 0


async def test_who_is_stopped_in_the_middle_keeps_whole_pages(fetch, store):
    binance, arrived = venue(WHOLE), asyncio.Event()
    told = binance.candles

    async def slow(symbol, timeframe, since, limit):
        if len(binance.asked) == 4:
            arrived.set()
            await asyncio.sleep(3_600)
        return await told(symbol, timeframe, since, limit)

    binance.candles = slow
    task = asyncio.ensure_future(fetch(binance, 1_000))
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert len(await kept(store)) == 400
    assert await fetch(venue(WHOLE), 1_000) == 600


def nearly_full(connection):
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 60}").scalar()
