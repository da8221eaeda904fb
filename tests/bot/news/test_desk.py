"""What a desk on real time does about news by itself; no other desk does anything."""

from datetime import timedelta

import pytest

from bot.jobs import Daily, Every
from bot.news.desk import news_jobs
from bot.news.timetable import Timetable
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.news import SqlNews
from core.domain.news import Round
from tests.bot.news.stranger import answer, stranger
from tests.builders import NOON
from tests.fakes import FakeClock

RSS = b"""<rss version="2.0"><channel><item><title>Bitcoin rises</title>
<link>https://a.b/c</link><pubDate>Mon, 01 Jan 2024 11:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
async def news(tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    await migrate(database)
    yield SqlNews(database)
    await database.close()


def settings(feeds):
    return Settings(_env_file=None, news_feeds=feeds)


async def test_a_round_goes_from_the_wire_to_the_ledger_and_is_polite(news):
    clock, timetable = FakeClock(), Timetable()
    async with stranger() as there:
        there.pages["/feed"] = answer(RSS, ETag='"1"')
        fetch = there.fetch(clock)
        feeds = f"{there.url()},{there.url('/missing')}"
        hear, feel, forget = news_jobs(settings(feeds), clock, news, timetable, fetch)
        assert timetable.state() == Round(NOON)
        await hear.run()
        there.pages["/feed"] = answer(status="304 Not Modified", Content_Length=None)
        clock.advance(minutes=5)
        await hear.run()
        assert [a.get("if-none-match") for a in there.asked if a["path"] == "/feed"] == [
            None,
            '"1"',
        ]
    (fact,) = await news.facts("BTC", NOON - timedelta(days=1), 9)
    assert (fact.title, fact.source, fact.seen_at) == ("Bitcoin rises", "news.example", NOON)
    assert timetable.state().next_at == NOON + timedelta(minutes=10)
    assert (hear.when, feel.when) == (Every(timedelta(minutes=5)), Every(timedelta(hours=1)))
    assert isinstance(forget.when, Daily)
    clock.advance(days=40)
    await forget.run()
    assert await news.facts(None, NOON - timedelta(days=1), 9) == ()
