"""A book holds what is certain: repeated, late and impossible words change nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.live.book import Book
from bot.market.holes import Hole
from core.domain.market import Timeframe
from tests.bot.live.street import M1, row, same, truth

STEP = M1.milliseconds
WINDOW = 12


def candle(place: int):
    return row(M1, place * STEP)


def heard(*places: int, final: bool = True) -> Book:
    """The first of them was the first ever."""
    book = Book(M1, WINDOW)
    book.excuse(Hole((places[0] - WINDOW) * STEP, places[0] * STEP))
    for place in places:
        book.hear(place * STEP, candle(place), final=final)
    return book


def test_final_candles_in_a_row_are_whole_and_are_read_back():
    book = heard(100, 101, 102)
    assert book.hole(103 * STEP) is None
    assert same(book.frame(103 * STEP), truth(M1, 100 * STEP, 103 * STEP))


def test_a_candle_that_still_runs_is_not_shown_and_is_not_a_hole():
    book = heard(100)
    book.hear(101 * STEP, candle(101), final=False)
    assert len(book.frame(101 * STEP + 5_000)) == 1
    assert book.hole(101 * STEP + 5_000) is None
    assert book.last_price() == candle(101)[3]


def test_a_candle_that_has_closed_without_being_called_final_is_suspect():
    book = heard(100)
    book.hear(101 * STEP, candle(101), final=False)
    assert book.hole(102 * STEP) == Hole(101 * STEP, 102 * STEP)
    assert book.suspects(102 * STEP) == 1
    assert len(book.frame(102 * STEP)) == 1


def test_a_missing_candle_is_a_hole_until_the_archive_tells_it():
    book = heard(100, 102)
    assert book.hole(103 * STEP) == Hole(101 * STEP, 102 * STEP)
    book.merge(truth(M1, 101 * STEP, 102 * STEP))
    assert book.hole(103 * STEP) is None
    assert same(book.frame(103 * STEP), truth(M1, 100 * STEP, 103 * STEP))


def test_a_hole_that_the_venue_has_no_candles_for_is_excused_and_counted():
    book = heard(100, 103)
    book.excuse(Hole(101 * STEP, 103 * STEP))
    assert book.hole(104 * STEP) is None
    assert book.missing(104 * STEP) == 2 + WINDOW - 4


def test_the_same_word_twice_is_no_news():
    book = heard(100)
    assert not book.hear(100 * STEP, candle(100), final=True)
    assert not book.hear(100 * STEP, (1, 2, 1, 1, 99.0), final=False)
    assert same(book.frame(101 * STEP), truth(M1, 100 * STEP, 101 * STEP))


def test_an_older_word_about_a_running_candle_is_told_by_its_smaller_volume():
    book = Book(M1, WINDOW)
    assert book.hear(100 * STEP, (5, 8, 4, 7, 3.0), final=False)
    assert not book.hear(100 * STEP, (5, 6, 5, 6, 2.0), final=False)
    assert book.last_price() == 7


def test_a_word_from_the_past_is_left_to_the_archive():
    book = heard(100, 102)
    assert not book.hear(101 * STEP, candle(101), final=False)
    assert len(book) == 2


@pytest.mark.parametrize(
    ("opened", "told"),
    [
        (100 * STEP + 1, (5, 8, 4, 7, 3.0)),
        (100 * STEP, (5, 4, 8, 7, 3.0)),
        (100 * STEP, (0, 8, 0, 7, 3.0)),
        (100 * STEP, (5, np.inf, 4, 7, 3.0)),
        (100 * STEP, (5, np.nan, 4, 7, 3.0)),
        (100 * STEP, (5, 8, 4, np.nan, 3.0)),
        (100 * STEP, (5, 8, 4, 7, -1.0)),
        (100 * STEP, (5, 8, 4, 7, np.inf)),
        (100 * STEP, (5, 8, 4, 7, np.nan)),
    ],
    ids=str,
)
def test_what_cannot_be_a_candle_is_not_heard(opened, told):
    book = Book(M1, WINDOW)
    assert not book.hear(opened, told, final=True)
    assert len(book) == 0


def test_the_archive_has_the_last_word_and_says_how_much_it_changed():
    book = Book(M1, WINDOW)
    book.hear(100 * STEP, (5, 8, 4, 7, 3.0), final=True)
    assert book.merge(truth(M1, 99 * STEP, 102 * STEP)) == 1
    assert same(book.frame(102 * STEP), truth(M1, 99 * STEP, 102 * STEP))
    assert book.merge(truth(M1, 99 * STEP, 102 * STEP)) == 0


def test_an_empty_book_wants_its_whole_window():
    book = Book(M1, WINDOW)
    assert book.hole(100 * STEP + 7) == Hole((100 - WINDOW) * STEP, 100 * STEP)
    assert (book.newest, book.first, book.last_price()) == (None, None, None)
    assert len(book.frame(100 * STEP)) == 0


def test_a_stream_that_was_heard_first_does_not_hide_what_came_before():
    book = Book(M1, WINDOW)
    book.hear(100 * STEP, candle(100), final=False)
    assert book.hole(100 * STEP) == Hole((100 - WINDOW) * STEP, 100 * STEP)


def test_only_the_window_is_kept_and_asked_for():
    book = heard(*range(100, 200))
    assert len(book) <= 2 * WINDOW
    assert same(book.frame(200 * STEP), truth(M1, (200 - WINDOW) * STEP, 200 * STEP))
    assert book.hole(200 * STEP) is None


WORDS = st.lists(
    st.tuples(st.integers(100, 115), st.booleans(), st.sampled_from([0.25, 0.5, 1.0])),
    max_size=60,
)


@given(WORDS)
@settings(max_examples=200)
def test_whatever_order_words_come_in_no_wrong_candle_is_ever_shown(words):
    book = Book(Timeframe.M1, WINDOW)
    for place, final, part in words:
        opened, high, low, close, volume = candle(place)
        told = (opened, high, low, close, volume * (1.0 if final else part))
        book.hear(place * STEP, told, final=final)
    now = 116 * STEP
    shown = book.frame(now)
    for place in range(len(shown)):
        assert tuple(column[place] for column in shown.columns[1:]) == row(M1, shown.time[place])
    while hole := book.hole(now):
        book.merge(truth(M1, hole.start, hole.end))
    assert (np.diff(book.frame(now).time) == STEP).all()
