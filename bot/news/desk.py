"""Puts the listening together: only a desk on real time calls this, so nothing else is online."""

from collections.abc import Iterator
from datetime import timedelta

from bot.jobs import Daily, Every, Job
from bot.news.feeling import AskMood
from bot.news.fetching import Fetch
from bot.news.listening import FeedVoice, PanicVoice, Voice
from bot.news.parsing import Parse
from bot.news.reddit import RedditVoice
from bot.news.rounds import EVERY, Ear, FeelMoods, HearNews
from bot.news.sources import feeds
from bot.news.timetable import Timetable
from bot.settings import Settings
from bot.storage.news import SqlNews
from core.domain.news import Round
from core.ports import Clock

HOURLY = timedelta(hours=1)
SWEEP = timedelta(hours=3, minutes=10)


def news_jobs(
    settings: Settings, clock: Clock, news: SqlNews, rounds: Timetable, fetch: Fetch | None = None
) -> tuple[Job, ...]:
    """The first round comes at once. From now on the desk says when the next one is."""
    fetch = fetch or Fetch(clock)
    rounds.tell(Round(clock.now()))
    ears = tuple(Ear(voice, clock) for voice in _voices(settings, fetch))
    hear = HearNews(clock, ears, news, rounds)

    async def forget() -> None:
        await news.forget(clock.now())

    return (
        Job("news", Every(EVERY), hear),
        Job("mood", Every(HOURLY), FeelMoods(AskMood(fetch), news)),
        Job("old news", Daily(SWEEP), forget, timedelta(hours=12)),
    )


def _voices(settings: Settings, fetch: Fetch) -> Iterator[Voice]:
    parse = Parse()
    yield from (FeedVoice(feed, fetch, parse) for feed in feeds(settings.feed_list))
    if token := settings.cryptopanic_token.get_secret_value():
        yield PanicVoice(token, fetch)
    if settings.reddit_client_id:
        secret = settings.reddit_client_secret.get_secret_value()
        yield RedditVoice(settings.reddit_client_id, secret)
