"""News and moods stay on file for thirty days: a story once, found by its coin, newest first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.news import KEPT, SqlNews
from core.domain.news import Item, Mood, MoodClass, Publisher, Tier
from core.news.facts import fact_of
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON

DESK = Publisher("CoinDesk", Tier.NEWSROOM)
CROWD = Publisher("Reddit", Tier.CROWD)
HOUR = timedelta(hours=1)


def fact(title="Bitcoin rises", url="https://a.b/1", publisher=DESK, ago=1, now=NOON):
    return fact_of(Item(title, url, None if ago is None else now - ago * HOUR), publisher, now)


@pytest.fixture
def news(database):
    return SqlNews(database)


async def titles(news, symbol=None, limit=9, **more):
    return [fact.title for fact in await news.facts(symbol, NOON - KEPT, limit, **more)]


class NewsContract:
    async def test_a_fact_comes_back_equal(self, news):
        facts = (
            fact(),
            fact("오늘의 <b>시장</b>", "", ago=None),
            fact("Ether & SOL", "https://a.b/2", ago=2),
        )
        await news.file(facts, NOON)

        found = await news.facts(None, NOON - HOUR * 3, 9)

        assert sorted(found, key=lambda f: f.id) == sorted(facts, key=lambda f: f.id)

    async def test_the_newest_come_first_and_no_more_than_asked(self, news):
        await news.file([fact(f"Story {n}", f"https://a.b/{n}", ago=n) for n in (3, 1, 2)], NOON)

        assert await titles(news) == ["Story 1", "Story 2", "Story 3"]
        assert await titles(news, limit=2) == ["Story 1", "Story 2"]
        assert len(await news.facts(None, NOON - 2 * HOUR, 9)) == 2

    async def test_a_coin_is_found_by_its_ticker_or_any_of_its_symbols(self, news):
        await news.file(
            [fact(), fact("Ether falls", "https://a.b/2"), fact("$PEPE up", "https://a.b/3")], NOON
        )

        assert (
            await titles(news, "BTC") == await titles(news, "BTC/USDT:USDT") == ["Bitcoin rises"]
        )
        assert await titles(news, "1000PEPE/USDT:USDT") == ["$PEPE up"]
        assert await titles(news, "TC") == await titles(news, "%") == await titles(news, "_") == []

    async def test_what_was_seen_later_was_not_known_then(self, news):
        await news.file([fact()], NOON)
        late = NOON + 2 * HOUR
        await news.file([fact("Ether falls", "https://a.b/2", ago=3, now=late)], late)

        assert await titles(news, until=NOON) == ["Bitcoin rises"]
        assert len(await titles(news)) == 2

    async def test_a_story_is_told_once_by_the_best_at_its_earliest(self, news):
        rumour = fact("Bitcoin rises?", "https://a.b/1?utm_source=x", CROWD, ago=2)
        await news.file([rumour], NOON)

        await news.file([fact(now=NOON + HOUR)], NOON + HOUR)
        await news.file([rumour], NOON + 2 * HOUR)

        (told,) = await news.facts(None, NOON - KEPT, 9)
        assert (told.source, told.time, told.seen_at) == ("CoinDesk", NOON - 2 * HOUR, NOON)

    async def test_two_stories_that_turn_out_to_be_one_stay_one(self, news):
        await news.file([fact("A", "https://a.b/1")], NOON)
        await news.file([fact("B", "https://a.b/2")], NOON)
        await news.file([fact("A", "https://a.b/2")], NOON)

        for again in (fact("B", "https://a.b/9"), fact("Z", "https://a.b/1")):
            await news.file([again], NOON)

        assert len(await titles(news)) == 1

    async def test_after_thirty_days_it_is_forgotten_but_not_new_again(self, news):
        undated = fact(ago=None)
        await news.file([undated], NOON)
        day = timedelta(days=1)
        await news.file(
            [replace(undated, time=NOON + 29 * day, seen_at=NOON + 29 * day)], NOON + 29 * day
        )

        await news.forget(NOON + 31 * day)
        later = NOON + 31 * day
        await news.file([replace(undated, time=later, seen_at=later)], later)

        assert await titles(news) == []

    async def test_moods_are_kept_by_their_day_newest_first(self, news):
        assert await news.mood() is None
        days = [Mood(NOON - timedelta(days=n), 30 + n, MoodClass.FEAR) for n in range(3)]
        await news.feel(days)
        await news.feel([replace(days[0], value=80, kind=MoodClass.GREED)])

        assert await news.mood() == Mood(NOON, 80, MoodClass.GREED)
        assert [mood.value for mood in await news.moods(2)] == [80, 31]
        assert [m.value for m in await news.moods(9, until=NOON - HOUR)] == [31, 32]

        await news.forget(NOON + KEPT - HOUR)
        assert [mood.value for mood in await news.moods(9)] == [80]

    async def test_nothing_new_is_nothing_written(self, news):
        await news.file([], NOON)
        await news.feel([])
        assert await titles(news) == []


class TestNewsOnSqlite(OnSqlite, NewsContract):
    pass


class TestNewsOnPostgres(OnPostgres, NewsContract):
    pass
