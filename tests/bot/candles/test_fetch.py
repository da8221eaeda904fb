"""A download brings what is missing, whatever the venue does, and is told in whole sentences."""

import numpy as np
import pytest

from core.domain.history import Kind
from core.domain.market import CandleFrame, Timeframe, to_millis
from tests.bot.candles.fetched import WHOLE, hours, kept, same, venue
from tests.bot.candles.venue import COLUMNS, FakeVenue
from tests.bot.market.tables import BTC, ETH, at, funding, without

H1 = Timeframe.H1


async def test_everything_comes_page_by_page(fetch, store):
    binance = venue(WHOLE)
    assert await fetch(binance, 1_000) == 1_000
    assert same(await kept(store), WHOLE)
    assert len(binance.asked) == 10


@pytest.mark.parametrize(
    "manners",
    [{"most": 7}, {"overlap": 30}, {"jumps": False}, {"overlap": 99, "most": 1}],
    ids=["short pages", "overlapping pages", "only a page ahead", "almost nothing new"],
)
async def test_manners_change_nothing_in_what_is_kept(fetch, store, manners):
    whole = hours(300)
    assert await fetch(venue(whole, **manners), 300) == 300
    assert same(await kept(store), whole)


async def test_it_goes_on_where_the_store_ends(fetch, store):
    binance = venue(WHOLE)
    await fetch(binance, 400)
    binance.asked.clear()

    assert await fetch(binance, 1_000) == 600
    assert binance.asked[0] == to_millis(at(400))
    binance.asked.clear()

    assert await fetch(binance, 1_000) == 0
    assert binance.asked == []


async def test_holes_inside_are_filled_and_near_ones_with_one_page(fetch, store):
    lacking = without(WHOLE, *range(50, 55), 60, *range(700, 705))
    await store.put("binance", BTC, H1, lacking)
    binance = venue(WHOLE)

    assert await fetch(binance, 1_000) == 11
    assert same(await kept(store), WHOLE)
    assert binance.asked == [to_millis(at(50)), to_millis(at(700))]


async def test_an_earlier_start_fetches_what_lies_before(fetch, store):
    await store.put("binance", BTC, H1, WHOLE.rows(500, 1_000))
    assert await fetch(venue(WHOLE), 1_000) == 500
    assert same(await kept(store), WHOLE)


async def test_holes_of_the_venue_itself_are_left_and_told(fetch, store):
    lacking = without(WHOLE, *range(300, 320))
    assert await fetch(venue(lacking), 1_000) == 980
    assert same(await kept(store), lacking)
    assert "980 new; the venue has nothing for 2024-01-13 12:00 to 2024-01-14 08:00" in (
        fetch.said.getvalue()
    )


async def test_what_lies_behind_a_long_hole_of_the_venue_is_not_passed_over(fetch, store):
    lacking = without(WHOLE, *range(250, 600))
    assert await fetch(venue(lacking, jumps=False, page=20), 1_000) == 650
    assert same(await kept(store), lacking)


@pytest.mark.parametrize("jumps", [True, False])
async def test_a_symbol_listed_later_is_found_without_asking_for_every_page(fetch, store, jumps):
    late = hours(300, first=at(20_000))
    binance = venue(late, jumps=jumps)

    assert await fetch(binance, 20_300) == 300
    assert same(await kept(store), late)
    assert len(binance.asked) < 25


async def test_a_page_that_repeats_for_ever_ends(fetch, store):
    binance = venue(hours(100), repeats=True)
    assert await fetch(binance, 100_000) == 100
    assert len(binance.asked) < 120
    assert "the venue has nothing for" in fetch.said.getvalue()


async def test_rows_that_cannot_be_true_are_not_kept(fetch, store):
    columns = {name: np.array(getattr(hours(10), name)) for name in COLUMNS}
    columns["high"][3] = 0.5
    columns["close"][5] = np.nan
    columns["time"][7] += 1
    assert await fetch(venue(CandleFrame(H1, **columns)), 10) == 7


async def test_marks_and_funding_come_too_and_several_symbols(fetch, store):
    binance = venue(WHOLE)
    binance.past[ETH, H1] = WHOLE
    binance.mark_past[BTC, H1] = WHOLE
    binance.rates[BTC] = funding(*((8 * stamp, 0.0001) for stamp in range(120)))

    new = await fetch(binance, 1_000, symbols=(BTC, ETH), kinds=tuple(Kind))

    assert new == 1_000 * 3 + 120
    assert same(await store.marks("binance", BTC, H1), WHOLE)
    assert len(await store.funding("binance", BTC)) == 120
    assert "binance ETH/USDT:USDT 1h mark candles: 0 new; the venue has nothing" in (
        fetch.said.getvalue()
    )


async def test_a_hole_that_an_interrupted_fetch_left_in_funding_is_filled(fetch, store):
    whole = [(8 * stamp, 0.0001) for stamp in range(120)]
    for told in (whole[100:], whole[:40], whole[40:55] + whole[56:57] + whole[58:70]):
        await store.put_funding("binance", BTC, funding(*told))
    binance = FakeVenue(rates={BTC: funding(*whole)}, page=10)
    assert await fetch(binance, 960, kinds=(Kind.FUNDING,)) == 32
    assert len(await store.funding("binance", BTC)) == 120


async def test_funding_goes_on_where_it_ended(fetch, store):
    binance = venue(WHOLE)
    binance.rates[BTC] = funding(*((8 * stamp, 0.0001) for stamp in range(120)))
    assert await fetch(binance, 400, kinds=(Kind.FUNDING,)) == 50
    assert await fetch(binance, 960, kinds=(Kind.FUNDING,)) == 70


async def test_each_page_is_a_line_where_nobody_looks_on(fetch):
    await fetch(venue(WHOLE), 300)
    lines = fetch.said.getvalue().splitlines()
    assert lines[0] == f"binance {BTC} 1h candles  33% up to 2024-01-05, 100 rows"
    assert lines[-1] == f"binance {BTC} 1h candles: 300 new"
