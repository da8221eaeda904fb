"""The locales, compiled in memory."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words import load_words
from core.domain.people import Language
from core.domain.trading import Side
from core.owner import newcomer
from handlers.words import Reader

WORDS = load_words()


def reader(language, krw=None):
    person = newcomer(1, 1, "Mina", language)
    return Reader(person, WORDS[language], None if krw is None else Decimal(krw))


def test_every_language_is_loaded():
    assert set(WORDS) == set(Language)
    assert all(WORDS[language].language is language for language in Language)


def test_a_word_is_looked_up_and_its_numbers_filled_in():
    assert WORDS[Language.EN]("flat.next", time="16:00") == "Next look 16:00."
    assert WORDS[Language.KO]("flat.next", time="16:00") == "다음 분석 16:00."
    assert WORDS[Language.KO].of("side", Side.BUY) == "롱"


@pytest.mark.parametrize("language", Language)
def test_a_word_that_nobody_wrote_is_a_bug_and_raises(language):
    with pytest.raises(LookupError, match=r"no words for no\.such\.key"):
        WORDS[language]("no.such.key")


def test_braces_in_a_number_are_not_read_as_a_place_for_another():
    assert WORDS[Language.EN]("error.bad_argument", text="{time}") == "I cannot read “{time}”."


@pytest.mark.parametrize(
    ("length", "english", "korean"),
    [
        (timedelta(0), "0m", "0분"),
        (timedelta(seconds=59), "0m", "0분"),
        (timedelta(minutes=-5), "0m", "0분"),
        (timedelta(minutes=8), "8m", "8분"),
        (timedelta(hours=4, minutes=8), "4h 8m", "4시간 8분"),
        (timedelta(days=2), "2d", "2일"),
        (timedelta(days=2, minutes=5), "2d 5m", "2일 5분"),
        (timedelta(days=2, hours=3, minutes=5), "2d 3h", "2일 3시간"),
    ],
)
def test_a_length_of_time_is_two_parts_at_most(length, english, korean):
    assert reader(Language.EN).lasting(length) == english
    assert reader(Language.KO).lasting(length) == korean


@pytest.mark.parametrize(
    ("amount", "korean", "english"),
    [
        ("0.5", "720원", "₩720"),
        ("6.9", "9,936원", "₩9.9k"),
        ("24.9", "3.6만 원", "₩35.9k"),
        ("10000", "1,440만 원", "₩14.4M"),
        ("-24.9", "3.6만 원", "₩35.9k"),
        ("123456", "1.8억 원", "₩178M"),
    ],
)
def test_won_are_said_as_people_say_them(amount, korean, english):
    assert reader(Language.KO, 1440).won(Decimal(amount)) == korean
    assert reader(Language.EN, 1440).won(Decimal(amount)).replace("K", "k") == english


def test_without_a_rate_there_are_no_won():
    assert reader(Language.KO).won(Decimal(1)) == ""


@settings(max_examples=40, deadline=None)
@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_every_moment_can_be_told(moment):
    for language in Language:
        who = reader(language)
        assert len(who.clock(moment)) == 5
        assert len(who.day_and_clock(moment)) == 11


def test_the_timezones_of_the_languages_exist():
    assert {
        newcomer(1, 1, "", language).timezone for language in Language
    } <= available_timezones()
