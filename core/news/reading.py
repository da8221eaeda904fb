"""What has been said lately, and why there may be nothing: for whoever asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.news import Mood, NewsFact, Round
from core.ports import Clock, News, Rounds

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Some facts of a list, newest first. Without a round nobody is asked: time is simulated."""

    now: datetime
    facts: tuple[NewsFact, ...]
    moods: tuple[Mood, ...]
    coin: str
    skip: int
    has_more: bool
    round: Round | None


@dataclass(frozen=True, slots=True)
class ReadNews:
    clock: Clock
    news: News
    rounds: Rounds

    async def __call__(self, coin: str, skip: int, count: int) -> NewsPage:
        """About one coin, or with an empty one about all. Nothing is known before its time."""
        now = self.clock.now()
        facts = await self.news.facts(coin or None, now - LOOK_BACK, skip + count + 1, until=now)
        moods = await self.news.moods(2, until=now)
        page = facts[skip : skip + count]
        more = len(facts) > skip + count
        return NewsPage(now, page, moods, coin, skip, more, self.rounds.state())
