"""Each voice is asked in its own manner, and answers with items or with why not."""

import json
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.news.errors import Failed
from bot.news.feeling import INDEX, AskMood, moods
from bot.news.fetching import Page
from bot.news.listening import PANIC, FeedVoice, PanicVoice, panic_items
from bot.news.reddit import MISSING, RedditVoice, open_reddit
from bot.news.sources import FEEDS, feeds
from core.domain.news import Item, Mood, MoodClass, Publisher, Tier
from core.news.facts import fact_of
from tests.builders import NOON

REAL = Path(__file__).parents[4] / "shared" / "payloads" / "news"
OLD_WORDS = pytest.mark.filterwarnings("ignore:.*(BasicAuth|auth).*deprecated:DeprecationWarning")
ITEM = Item("Bitcoin", "https://a.b/c", NOON)


class Fetched:
    """Answers with these pages in turn, and remembers what it was asked."""

    def __init__(self, *pages):
        self.pages, self.asked = list(pages), []

    async def __call__(self, address, headers=None):
        self.asked.append((address, dict(headers or {})))
        return self.pages.pop(0)


async def parse(body):
    if body == b"bad":
        raise Failed("not a feed")
    return (ITEM,)


async def kept(voice):
    said = list(await voice.ask())
    voice.kept()
    return said


async def test_a_feed_whose_news_were_not_filed_is_asked_for_all_of_them_again():
    fetch = Fetched(Page(b"x", '"1"'), Page(b"y", '"2"'), Page(b"y", '"2"'))
    voice = FeedVoice(FEEDS[0], fetch, parse)
    await kept(voice)
    await voice.ask()
    await voice.ask()
    assert [headers.get("If-None-Match") for _, headers in fetch.asked] == [None, '"1"', '"1"']


async def test_a_feed_that_has_not_changed_is_not_sent_again():
    fetch = Fetched(Page(b"x", '"1"', "Mon"), Page(b""), Page(b"y"), Page(b"z"))
    voice = FeedVoice(FEEDS[0], fetch, parse)
    assert [await kept(voice) for _ in range(4)] == [[ITEM], [], [ITEM], [ITEM]]
    known = {"If-None-Match": '"1"', "If-Modified-Since": "Mon"}
    assert [headers for _, headers in fetch.asked] == [{}, known, known, {}]


async def test_a_feed_that_could_not_be_read_is_fetched_whole_again():
    fetch = Fetched(Page(b"bad", '"1"'), Page(b"x"))
    voice = FeedVoice(FEEDS[0], fetch, parse)
    with pytest.raises(Failed):
        await voice.ask()
    assert list(await voice.ask()) == [ITEM]
    assert fetch.asked[1][1] == {}


def test_the_table_is_sound():
    assert {feed.publisher.tier for feed in FEEDS} == {Tier.PRIMARY, Tier.NEWSROOM}
    for names in ([f.publisher.name for f in FEEDS], [f.address for f in FEEDS]):
        assert len(names) == len(set(names))
    assert all(feed.address.startswith("https://") for feed in FEEDS)


def test_ones_own_feeds_replace_the_table():
    assert feeds(()) == FEEDS
    known = FEEDS[0]
    mine, other = feeds((known.address, "https://www.own.example/rss", known.address))
    assert mine == known
    assert other.publisher == Publisher("own.example", Tier.CROWD)


async def test_cryptopanic_is_asked_with_the_token_and_either_answer_is_read():
    posts = [
        {"title": "A", "published_at": "2024-01-01T11:00:00Z", "url": "https://p.c/1"},
        {
            "title": "B",
            "published_at": None,
            "original_url": "https://a.b/2",
            "url": "https://p.c/2",
        },
    ]
    fetch = Fetched(Page(json.dumps({"results": posts}).encode()))
    found = await PanicVoice("hush", fetch).ask()
    assert found[0] == Item("A", "https://p.c/1", datetime(2024, 1, 1, 11, tzinfo=UTC))
    assert found[1] == Item("B", "https://a.b/2", None)
    assert fetch.asked[0][0].startswith(f"{PANIC}?auth_token=hush&")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"results": [{}]}', b"<html>", b"\xff"])
def test_another_answer_is_none(body):
    with pytest.raises(Failed, match="not CryptoPanic's answer"):
        panic_items(body)
    with pytest.raises(Failed, match="not the index's answer"):
        moods(body)


def index(**changes):
    day = {"value": "25", "value_classification": "Extreme Fear", "timestamp": "1788998400"}
    return json.dumps({"data": [day | changes]}).encode()


async def test_the_index_is_read():
    fetch = Fetched(Page(index()))
    (mood,) = await AskMood(fetch)()
    assert mood == Mood(datetime(2026, 9, 10, tzinfo=UTC), 25, MoodClass.EXTREME_FEAR)
    assert fetch.asked[0][0] == INDEX


@pytest.mark.parametrize(
    "changes",
    [{"value": "101"}, {"value": "x"}, {"value_classification": "Bored"}, {"timestamp": "never"}],
)
def test_an_index_that_makes_no_sense_is_not_believed(changes):
    with pytest.raises(Failed, match="not the index's answer"):
        moods(index(**changes))


def test_an_index_without_a_day_is_said_to_be_empty():
    with pytest.raises(Failed, match="without a day"):
        moods(b'{"data": []}')


@pytest.mark.real
def test_what_cryptopanic_and_the_index_really_sent_is_read():
    if not REAL.is_dir():
        pytest.skip("the recorded answers are not beside this checkout")
    found = panic_items((REAL / "cryptopanic_v1_posts_2025-02-26.json").read_bytes())
    now = datetime(2025, 2, 26, 12, tzinfo=UTC)
    facts = [fact_of(item, Publisher("CryptoPanic", Tier.CROWD), now) for item in found]
    assert len(facts) == 20
    assert all(fact and fact.dated and fact.url for fact in facts)
    by_title = {fact.title: fact.coins for fact in facts}
    assert by_title["SEC Drops Uniswap Case—UNI Token Soars!"] == ("UNI",)
    assert (
        by_title["Lowe’s Companies, Inc. Beats Expectations with $1.1B Net Earnings in Q4"] == ()
    )
    felt = moods((REAL / "fear_greed_alternative_me_shape.json").read_bytes())
    assert [(mood.value, mood.kind) for mood in felt] == [(25, "extreme_fear"), (30, "fear")]


def knocking(here):
    """The real library, told where our Reddit stands."""
    return lambda words: open_reddit({**words, "reddit_url": here, "oauth_url": here})


@asynccontextmanager
async def reddit(status=200):
    async def token(_request):
        return web.json_response(
            {"access_token": "t", "expires_in": 3600, "token_type": "bearer", "scope": "*"},
            status=status,
        )

    async def hot(_request):
        plain = {"title": "BTC <b>moon</b>", "permalink": "/r/x/1", "created_utc": 1704106800.0}
        posts = [plain | {"id": "1", "stickied": False}, plain | {"id": "2", "stickied": True}]
        children = [{"kind": "t3", "data": post} for post in posts]
        return web.json_response(
            {"kind": "Listing", "data": {"children": children, "after": None}}
        )

    app = web.Application()
    app.router.add_post("/api/v1/access_token", token)
    app.router.add_get("/r/CryptoCurrency/hot", hot)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield knocking(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


@OLD_WORDS
async def test_reddit_is_asked_through_its_own_library():
    pytest.importorskip("asyncpraw", reason="the reddit extra is not installed")
    async with reddit() as opens:
        voice = RedditVoice("id", "hush", opens)
        found = await voice.ask()
    assert "hush" not in repr(voice)
    eleven = datetime(2024, 1, 1, 11, tzinfo=UTC)
    assert found == [Item("BTC <b>moon</b>", "https://www.reddit.com/r/x/1", eleven)]


@OLD_WORDS
async def test_reddit_that_refuses_the_key_is_a_failure():
    pytest.importorskip("asyncpraw", reason="the reddit extra is not installed")
    async with reddit(status=401) as opens:
        with pytest.raises(Failed, match="no answer"):
            await RedditVoice("id", "wrong", opens).ask()


async def test_without_the_extra_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "asyncpraw", None)
    with pytest.raises(Failed) as missing:
        await RedditVoice("id", "secret").ask()
    assert str(missing.value) == MISSING
