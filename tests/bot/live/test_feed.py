"""A feed is kept whole by its archive, whatever its streams do."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import VenueUnavailable
from bot.live.book import Book
from bot.live.prices import Price
from core.domain.market import from_millis, to_millis
from tests.bot.live.street import BTC, ETH, H1, M1, WINDOW, feed, opened, row, same, truth
from tests.builders import NOON

HOUR = timedelta(hours=1)


def expected(now):
    end = opened(now, H1, 0)
    return truth(H1, end - WINDOW * H1.milliseconds, end)


async def test_the_first_look_reads_the_whole_window_and_the_next_reads_nothing():
    street, venue = feed()
    await street.catch_up(BTC, H1)
    await street.catch_up(BTC, H1)
    assert same(street.book(BTC, H1).frame(to_millis(NOON)), expected(NOON))
    assert venue.asked["candles"] == 1


def test_a_book_is_made_once_however_much_is_told(monkeypatch):
    made = []
    monkeypatch.setattr("bot.live.feed.Book", lambda *told: made.append(told) or Book(*told))
    street, _ = feed()
    for _ in range(3):
        street.hear_candle(BTC, H1, opened(NOON, H1, 0), row(H1, opened(NOON, H1, 0)), final=False)
    assert len(made) == 1


async def test_a_venue_with_small_pages_is_asked_until_all_is_there():
    street, venue = feed(page=7)
    await street.catch_up(BTC, H1)
    assert same(street.book(BTC, H1).frame(to_millis(NOON)), expected(NOON))
    assert venue.asked["candles"] > 2


async def test_a_closed_candle_of_the_stream_needs_no_archive_and_tells_who_listens():
    street, venue = feed()
    heard = []
    street.on_close.append(lambda *told: heard.append(told))
    await street.catch_up(BTC, H1)
    street.clock.advance(hours=1)
    last = opened(street.clock.now(), H1)
    street.hear_candle(BTC, H1, last, row(H1, last), final=True)
    street.hear_candle(BTC, H1, last, row(H1, last), final=True)
    await street.catch_up(BTC, H1)
    assert venue.asked["candles"] == 1
    assert heard == [(BTC, H1, NOON + HOUR)]


async def test_a_gap_in_the_stream_is_filled_before_anybody_looks():
    street, _ = feed()
    await street.catch_up(BTC, H1)
    street.clock.advance(hours=3)
    last = opened(street.clock.now(), H1)
    street.hear_candle(BTC, H1, last, row(H1, last), final=True)
    await street.catch_up(BTC, H1)
    now = street.clock.now()
    assert same(street.book(BTC, H1).frame(to_millis(now)), expected(now))


async def test_a_wrong_word_of_the_stream_is_corrected_and_counted(caplog):
    street, _ = feed()
    await street.catch_up(BTC, H1)
    street.clock.advance(hours=1)
    last = opened(street.clock.now(), H1)
    street.hear_candle(BTC, H1, last, (1.0, 2.0, 0.5, 1.5, 1.0), final=True)
    street.clock.advance(hours=1)
    await street.catch_up(BTC, H1)
    now = street.clock.now()
    assert same(street.book(BTC, H1).frame(to_millis(now)), expected(now))
    assert street.corrected == 1
    assert "told otherwise by the archive" in caplog.text


async def test_what_the_venue_never_had_is_excused_and_nothing_asks_for_it_again():
    street, venue = feed()
    hole = [opened(NOON, H1, ago) for ago in (5, 6, 7)]
    venue.absent.update(hole)
    await street.catch_up(BTC, H1)
    asked = venue.asked["candles"]
    await street.catch_up(BTC, H1)
    book = street.book(BTC, H1)
    assert book.hole(to_millis(NOON)) is None
    assert book.missing(to_millis(NOON)) == 3
    assert venue.asked["candles"] == asked


async def test_a_symbol_listed_lately_has_a_short_history_and_no_hole():
    street, venue = feed()
    venue.listed_at = opened(NOON, H1, 4)
    await street.catch_up(BTC, H1)
    assert len(street.book(BTC, H1).frame(to_millis(NOON))) == 4
    assert street.book(BTC, H1).hole(to_millis(NOON)) is None


async def test_a_venue_that_answers_by_windows_is_asked_on_until_its_record_begins():
    street, venue = feed(page=4)
    venue.is_windowed, venue.listed_at = True, opened(NOON, H1, 6)
    await street.catch_up(BTC, H1)
    assert len(street.book(BTC, H1).frame(to_millis(NOON))) == 6
    assert street.book(BTC, H1).hole(to_millis(NOON)) is None


async def test_a_newest_candle_that_the_archive_does_not_have_yet_stays_suspect():
    street, venue = feed()
    venue.late = timedelta(seconds=10)
    await street.catch_up(BTC, H1)
    assert street.book(BTC, H1).suspects(to_millis(NOON)) == 1
    street.clock.advance(seconds=11)
    await street.catch_up(BTC, H1)
    assert street.book(BTC, H1).suspects(to_millis(NOON)) == 0


async def test_a_silent_archive_raises_and_keeps_what_is_there():
    street, venue = feed()
    await street.catch_up(BTC, H1)
    street.clock.advance(hours=1)
    venue.is_down = True
    with pytest.raises(VenueUnavailable):
        await street.catch_up(BTC, H1)
    assert len(street.book(BTC, H1).frame(to_millis(street.clock.now()))) == WINDOW
    assert street.silence() == HOUR


async def test_prices_are_read_once_for_everybody_and_older_words_do_not_undo_newer_ones():
    street, venue = feed()
    await street.refresh([BTC, ETH])
    await street.refresh([BTC, ETH])
    assert venue.asked["prices"] == 1
    late = Price(time=NOON - timedelta(seconds=5), last=Decimal(1), mark=Decimal(1))
    street.hear_price(BTC, late)
    assert (street.seen(BTC).last, street.seen(BTC).mark) == (100, Decimal("100.1"))


async def test_the_age_of_a_price_is_that_of_its_older_half():
    street, _ = feed()
    street.hear_price(BTC, Price(time=NOON, last=Decimal(100)))
    street.hear_price(BTC, Price(time=NOON + timedelta(seconds=9), mark=Decimal(101)))
    seen = street.seen(BTC)
    assert seen.age(NOON + timedelta(seconds=10)) == timedelta(seconds=10)
    assert seen.divergence == pytest.approx(0.01)
    assert street.seen(ETH).age(NOON) is None


async def test_a_venue_whose_clock_is_behind_closes_its_candles_by_its_own_time():
    street, _ = feed(start=NOON + timedelta(seconds=1))
    street.skew = timedelta(seconds=-2)
    await street.catch_up(BTC, H1)
    book = street.book(BTC, H1)
    assert from_millis(int(book.frame(to_millis(NOON)).time[-1])) == NOON - 2 * HOUR
    assert book.suspects(street.venue_now()) == 0
    street.clock.advance(seconds=1)
    await street.catch_up(BTC, H1)
    assert from_millis(int(book.frame(to_millis(NOON)).time[-1])) == NOON - HOUR


async def test_a_candle_that_the_archive_left_out_lately_is_looked_for_again():
    street, venue = feed()
    venue.absent = {opened(NOON, M1, 5)}
    await street.catch_up(BTC, M1)
    assert street.book(BTC, M1).suspects(to_millis(NOON)) == 1
    venue.absent = set()
    await street.catch_up(BTC, M1)
    assert len(street.book(BTC, M1).frame(to_millis(NOON))) == WINDOW


async def test_a_minute_without_trades_is_given_up_after_a_second_look():
    street, venue = feed()
    venue.absent = {opened(NOON, M1, 5)}
    await street.catch_up(BTC, M1)
    street.clock.advance(minutes=2)
    await street.catch_up(BTC, M1)
    book, now = street.book(BTC, M1), to_millis(street.clock.now())
    assert (book.suspects(now), book.missing(now)) == (0, 1)


async def test_what_comes_late_is_not_missing_any_more():
    street, venue = feed()
    venue.absent = {opened(NOON, H1, 2)}
    await street.catch_up(BTC, H1)
    book = street.book(BTC, H1)
    assert book.missing(to_millis(NOON)) == 1
    end = opened(NOON, H1, 0)
    book.merge(truth(H1, end - 3 * H1.milliseconds, end))
    assert book.missing(to_millis(NOON)) == 0


async def test_a_candle_of_the_future_does_not_make_a_book_deaf():
    street, _ = feed()
    now = opened(NOON, M1, 0)
    street.hear_candle(BTC, M1, now + 500 * M1.milliseconds, row(M1, now), final=False)
    street.hear_candle(BTC, M1, now, row(M1, now), final=False)
    assert street.book(BTC, M1).newest == now
