"""What is kept of a stranger's item, and when it is said to have happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.news import Item, Mood, MoodClass, NewsFact, Publisher, Tier
from core.domain.people import Language
from core.news.facts import FRESH, fact_of
from tests.builders import NOON

DESK = Publisher("CoinDesk", Tier.NEWSROOM, Language.EN)
ITEM = Item("Bitcoin <b>up</b>", "https://coindesk.com/a?utm_source=x", NOON - timedelta(hours=1))


def fact(**changes):
    return fact_of(replace(ITEM, **changes), DESK, NOON)


def test_a_fact_says_who_said_it_when_and_about_which_coins():
    made = fact()
    assert (made.title, made.coins, made.url) == ("Bitcoin up", ("BTC",), "https://coindesk.com/a")
    assert (made.source, made.tier, made.language) == ("CoinDesk", Tier.NEWSROOM, Language.EN)
    assert (made.time, made.seen_at, made.dated) == (NOON - timedelta(hours=1), NOON, True)


def test_the_id_is_that_of_the_words():
    assert fact().id == fact(title="BITCOIN: up!", url="").id
    assert fact().id != fact(title="Bitcoin down").id


@pytest.mark.parametrize("published", [None, NOON + timedelta(hours=9), datetime.min])
def test_without_a_date_or_with_one_to_come_it_is_dated_when_it_was_seen(published):
    made = fact(published=published)
    assert (made.time, made.dated) == (NOON, False)


def test_a_clock_that_is_a_little_ahead_is_believed():
    made = fact(published=NOON + timedelta(minutes=5))
    assert (made.time, made.dated) == (NOON, True)


def test_a_time_without_a_zone_is_meant_where_the_publisher_is():
    seoul = replace(DESK, zone=timedelta(hours=9))
    made = fact_of(replace(ITEM, published=datetime(2024, 1, 1, 20, 30)), seoul, NOON)
    assert made.time == datetime(2024, 1, 1, 11, 30, tzinfo=UTC)


def test_old_news_and_empty_ones_are_none():
    assert fact(published=NOON - FRESH - timedelta(seconds=1)) is None
    assert fact(title="<b></b> !? ") is None


def test_who_writes_about_everything_is_heard_about_coins_only():
    general = replace(DESK, general=True)
    assert fact_of(replace(ITEM, title="Rules for tokens"), general, NOON)
    assert fact_of(replace(ITEM, title="Rules for banks"), general, NOON) is None


def test_without_a_language_letters_decide():
    anyone = replace(DESK, language=None)
    assert fact_of(ITEM, anyone, NOON).language is Language.EN
    assert fact_of(replace(ITEM, title="비트코인 상승"), anyone, NOON).language is Language.KO


@given(
    st.builds(
        Item,
        title=st.text(max_size=400),
        url=st.text(max_size=50) | st.just("https://a.b/c"),
        published=st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
    )
)
def test_whatever_comes_the_fact_is_sound_or_there_is_none(item):
    made = fact_of(item, DESK, NOON)
    if made is not None:
        assert NOON - FRESH <= made.time <= made.seen_at == NOON


def test_nonsense_is_refused_at_birth():
    made = fact()
    for wrong in (
        {"title": ""},
        {"title": "two\nlines"},
        {"title": "x" * 161},
        {"url": "x" * 501},
        {"time": NOON + timedelta(seconds=1)},
    ):
        with pytest.raises(ValueError, match=r"clean line|none|before its time"):
            replace(made, **wrong)
    with pytest.raises(ValueError, match=r"0\.\.100"):
        Mood(NOON, 101, MoodClass.GREED)
    assert isinstance(made, NewsFact)
