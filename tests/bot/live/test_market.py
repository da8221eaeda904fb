"""What the desk is shown of a living market: whole, fresh, graded, or said to be neither."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from bot.errors import VenueUnavailable
from bot.live.market import LiveMarket
from bot.live.prices import Price
from bot.live.switching import Switch
from core.domain.market import Origin, Timeframe, to_millis
from core.domain.quality import Fault, Grade
from core.errors import NoMarketData, UnknownSymbol
from core.indicators import LONGEST
from tests.bot.live.street import BTC, ETH, H1, M1, feed, opened, row, same, truth
from tests.builders import NOON, instrument

MINUTE = timedelta(minutes=1)


class Street:
    """A living market over two venues of numbers."""

    def __init__(self) -> None:
        self.own, self.venue = feed("Binance")
        self.other, self.second = feed("Bybit")
        self.other.clock = self.second.clock = self.own.clock
        self.own.windows = self.other.windows = dict.fromkeys(Timeframe, LONGEST + 10)
        self.clock = self.own.clock
        self.switch = Switch(self.own, self.other, self.clock, self.tell)
        contracts = {symbol: instrument(symbol=symbol) for symbol in (BTC, ETH)}
        self.market = LiveMarket(self.switch, self.clock, contracts, LONGEST + 10)

    async def tell(self, before, now) -> None:
        pass

    async def snapshot(self, symbol=BTC, timeframe=H1):
        return (await self.market.snapshots([symbol], timeframe))[0]


@pytest.fixture
def street() -> Street:
    return Street()


async def test_a_snapshot_is_whole_up_to_the_last_close_and_says_whose_it_is(street):
    seen = await street.snapshot()
    end = opened(NOON, H1, 0)
    assert same(seen.frame, truth(H1, end - (LONGEST + 10) * H1.milliseconds, end))
    assert (seen.as_of, seen.origin, seen.source) == (NOON, Origin.LIVE, "Binance")
    assert seen.quality.grade is Grade.OK
    assert seen.quality.age == timedelta(0)


async def test_longer_timeframes_come_from_the_same_venue(street):
    seen = await street.snapshot()
    assert list(seen.longer) == [Timeframe.H4, Timeframe.D1]
    assert all(np.diff(f.time).max() == f.timeframe.milliseconds for f in seen.longer.values())
    assert list((await street.snapshot(timeframe=Timeframe.D1)).longer) == []


async def test_the_same_sight_has_the_same_hash_and_another_venue_another(street):
    once, twice = await street.snapshot(), await street.snapshot()
    assert once.hash == twice.hash
    street.switch.is_away = True
    assert (await street.snapshot()).hash != once.hash


async def test_when_the_venue_falls_silent_its_candles_are_shown_and_graded_stale(street):
    await street.snapshot()
    street.venue.is_down = True
    street.clock.advance(hours=1, seconds=40)
    seen = await street.snapshot()
    faults = {finding.fault for finding in seen.quality.findings}
    assert seen.quality.grade is Grade.STALE
    assert faults == {Fault.LATE_CANDLE, Fault.OLD_PRICE, Fault.GAP}


async def test_a_venue_that_was_never_heard_shows_nothing(street):
    street.venue.is_down = True
    assert await street.market.snapshots([BTC], H1) == ()
    with pytest.raises(NoMarketData):
        await street.market.quote(BTC)


async def test_what_was_measured_beside_the_candles_is_part_of_the_grade(street):
    street.market.accuracy[BTC] = 0.5
    street.venue.told[BTC] = Price(time=NOON, last=Decimal(100), mark=Decimal(106))
    seen = await street.snapshot()
    assert seen.quality.accuracy == 0.5
    assert seen.quality.worst.fault is Fault.DIVERGENCE
    assert not seen.quality.grade.admits


async def test_a_second_venue_stands_in_for_looking_but_not_for_entering(street):
    street.switch.is_away = True
    seen, quote = await street.snapshot(), await street.market.quote(BTC)
    assert seen.source == "Bybit"
    assert seen.quality.worst.fault is Fault.ELSEWHERE
    assert not seen.quality.grade.admits
    assert quote.elsewhere


async def test_what_the_second_venue_does_not_list_is_not_seen_and_hides_nothing_else(street):
    street.second.unlisted = {ETH}
    street.switch.is_away = True
    (seen,) = await street.market.snapshots([ETH, BTC], H1)
    assert seen.symbol == BTC
    assert await street.market.bars(ETH, NOON - MINUTE, NOON) == ()
    with pytest.raises(NoMarketData):
        await street.market.quote(ETH)


async def test_each_venue_has_its_own_funding(street):
    street.second.funding_rate = Decimal("-0.0007")
    rates = []
    for street.switch.is_away in (False, True, False):
        rates.append((await street.snapshot()).funding.rate)
    assert rates == [Decimal("0.0001"), Decimal("-0.0007"), Decimal("0.0001")]


async def test_a_quote_is_read_again_when_it_is_old_and_keeps_its_time_when_it_cannot_be(street):
    first = await street.market.quote(BTC)
    street.clock.advance(seconds=4)
    assert (await street.market.quote(BTC)).time == first.time
    street.clock.advance(seconds=2)
    assert (await street.market.quote(BTC)).time == street.clock.now()
    street.venue.is_down = True
    street.clock.advance(minutes=3)
    old = await street.market.quote(BTC)
    assert street.clock.now() - old.time == 3 * MINUTE
    assert (old.last, old.mark, old.elsewhere) == (100, Decimal("100.1"), False)


async def test_a_quote_tells_the_spread_while_bid_and_ask_make_sense(street):
    await street.market.quote(BTC)
    spreads = []
    for bid, ask in (("99.9", "100.1"), ("100.1", "99.9")):
        word = Price(time=street.clock.now(), bid=Decimal(bid), ask=Decimal(ask))
        street.own.hear_price(BTC, word)
        spreads.append((await street.market.quote(BTC)).spread)
    assert spreads == [Decimal("0.002"), None]


async def test_a_spread_that_was_told_long_ago_is_not_told_as_now(street):
    word = Price(time=street.clock.now(), bid=Decimal("99.9"), ask=Decimal("100.1"))
    street.own.hear_price(BTC, word)
    street.clock.advance(minutes=1)
    assert (await street.market.quote(BTC)).spread is None


async def test_a_longer_timeframe_that_is_not_certain_is_not_shown(street):
    candles = street.venue.candles

    async def no_days(symbol, timeframe, since, limit):
        if timeframe is Timeframe.D1:
            raise VenueUnavailable("503")
        return await candles(symbol, timeframe, since, limit)

    street.venue.candles = no_days
    assert list((await street.snapshot()).longer) == [Timeframe.H4]


async def test_a_position_that_nobody_follows_is_paid_every_funding(street):
    stamps = [NOON + timedelta(hours=hours) for hours in (4, 12, 20)]
    street.venue.paid = [(at, 0.0001) for at in stamps]
    await street.market.read_derivatives(BTC)
    booked, seen = [], NOON
    for _ in range(24):
        street.clock.advance(hours=1)
        bars = await street.market.bars(BTC, seen, street.clock.now())
        booked += [stamp.time for bar in bars for stamp in bar.funding]
        seen = bars[-1].close_time
    assert booked == stamps


async def test_slow_numbers_are_read_again_when_they_are_old(street):
    first = (await street.snapshot()).derivatives
    street.clock.advance(minutes=11)
    assert (await street.snapshot()).derivatives.time - first.time == 11 * MINUTE


async def test_every_bar_has_a_mark_of_its_own_however_small_the_pages_are(street):
    async def marks(symbol, timeframe, since, limit):
        start = to_millis(since)
        told = truth(timeframe, start, start + min(limit, 10) * timeframe.milliseconds)
        return replace(told, close=told.close + 1)

    street.venue.page, street.venue.marks = 10, marks
    bars = await street.market.bars(BTC, NOON - 30 * MINUTE, NOON)
    assert bars
    assert all(bar.mark.close != bar.candle.close for bar in bars)


async def test_before_the_first_price_the_last_minute_that_is_known_stands_in_with_its_time(
    street,
):
    await street.market.bars(BTC, NOON - MINUTE, NOON)
    street.venue.is_down = True
    street.clock.advance(minutes=3)
    seen = await street.market.quote(BTC)
    assert (seen.time, float(seen.last)) == (NOON, row(M1, opened(NOON, M1))[3])
    assert seen.mark == seen.last


async def test_what_is_no_longer_listed_stays_known_and_has_ended_once(street):
    eth = {ETH: street.market.contracts[ETH]}
    street.market.lists(eth)
    street.clock.advance(hours=1)
    street.market.lists(eth)
    assert street.market.instrument(BTC).ends == NOON
    assert street.market.still_listed([BTC, ETH]) == (ETH,)
    assert (await street.snapshot()).quality.worst.fault is Fault.ENDING
    street.market.lists({symbol: instrument(symbol=symbol) for symbol in (BTC, ETH)})
    assert street.market.still_listed([BTC, ETH]) == (BTC, ETH)


async def test_an_unknown_symbol_is_said_with_what_is_alike(street):
    with pytest.raises(UnknownSymbol) as error:
        street.market.instrument("BTD/USDT:USDT")
    assert error.value.numbers == {"symbol": "BTD", "known": "BTC"}


async def test_bars_are_minutes_and_end_before_the_first_unsure_one(street):
    bars = await street.market.bars(BTC, NOON - 5 * MINUTE, NOON)
    assert [bar.close_time for bar in bars] == [NOON - ago * MINUTE for ago in (4, 3, 2, 1, 0)]
    street.venue.is_down = True
    street.clock.advance(minutes=3)
    now = street.clock.now()
    last = opened(now, M1)
    street.own.hear_candle(BTC, M1, last, row(M1, last), final=True)
    assert await street.market.bars(BTC, NOON, now) == ()
    street.venue.is_down = False
    assert len(await street.market.bars(BTC, NOON, now)) == 3


async def test_minutes_from_before_the_books_are_read_page_by_page_and_none_is_skipped(street):
    street.venue.page = 200
    street.clock.advance(hours=9)
    now, lived = street.clock.now(), [NOON]
    for _ in range(4):
        bars = await street.market.bars(BTC, lived[-1], now)
        lived += [bar.close_time for bar in bars]
    assert lived == [NOON + number * MINUTE for number in range(9 * 60 + 1)]
    street.venue.is_down = True
    assert await street.market.bars(BTC, NOON, now) == ()


async def test_funding_that_came_due_is_paid_with_its_minute_and_waited_for(street):
    due = NOON + 4 * timedelta(hours=1)
    await street.market.read_derivatives(BTC)
    street.clock.moment = due + MINUTE
    bars = await street.market.bars(BTC, due - 2 * MINUTE, street.clock.now())
    assert [bar.close_time for bar in bars] == [due - MINUTE]
    street.venue.paid.append((due, 0.0002))
    bars = await street.market.bars(BTC, due - 2 * MINUTE, street.clock.now())
    assert [bar.close_time for bar in bars] == [due - MINUTE, due, due + MINUTE]
    paid = {bar.close_time: [(s.rate, s.mark) for s in bar.funding] for bar in bars}
    assert paid[due] == [(Decimal("0.0002"), bars[1].mark.close)]
    assert not paid[due - MINUTE]
    assert not paid[due + MINUTE]


async def test_a_stamp_that_never_comes_does_not_stop_the_tape_for_ever(street):
    due = NOON + 4 * timedelta(hours=1)
    await street.market.read_derivatives(BTC)
    street.clock.moment = due + 6 * MINUTE
    bars = await street.market.bars(BTC, due - MINUTE, street.clock.now())
    assert len(bars) == 7


async def test_expected_funding_is_what_the_venue_announces(street):
    await street.market.read_derivatives(BTC)
    seen = await street.snapshot()
    assert seen.funding.rate == Decimal("0.0001")
    assert seen.next_funding == NOON + timedelta(hours=4)
    assert to_millis(seen.funding.time) == to_millis(NOON - timedelta(hours=4))


async def test_after_a_long_sleep_the_tape_begins_where_it_broke_off(street):
    long_ago = NOON - 3 * timedelta(days=1)
    told, seen = [], long_ago
    while seen < NOON:
        bars = await street.market.bars(BTC, seen, NOON)
        assert bars[0].close_time == seen + MINUTE
        told += bars
        seen = bars[-1].close_time
    assert len(told) == 3 * 24 * 60


async def test_after_a_long_sleep_without_the_venue_nothing_is_told(street):
    await street.market.bars(BTC, NOON - MINUTE, NOON)
    street.venue.is_down = True
    assert await street.market.bars(BTC, NOON - timedelta(days=3), NOON) == ()
