"""What has been said lately, and why there may be nothing: for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.committee.brake import COUNTS_FOR, Grip, grip
from core.domain.news import Mood, NewsFact, Round
from core.domain.tiding import Tiding
from core.ports import Clock, News, Rounds, Tidings

LOOK_BACK = timedelta(days=30)
MOST_FOUND = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that a model has found in the news, and what it holds back now."""

    tiding: Tiding
    grip: Grip | None

    @property
    def time(self) -> datetime:
        return self.tiding.published or self.tiding.seen_at


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Some headlines of a list, newest first, under what a model has found in the news. Without a
    round nobody is asked: time is simulated.
    """

    now: datetime
    facts: tuple[NewsFact, ...]
    moods: tuple[Mood, ...]
    coin: str
    skip: int
    has_more: bool
    round: Round | None
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadNews:
    clock: Clock
    news: News
    rounds: Rounds
    tidings: Tidings

    async def __call__(self, coin: str, skip: int, count: int) -> NewsPage:
        """About one coin, or with an empty one about all. Nothing is known before its time."""
        now = self.clock.now()
        facts = await self.news.facts(coin or None, now - LOOK_BACK, skip + count + 1, until=now)
        moods = await self.news.moods(2, until=now)
        page = facts[skip : skip + count]
        more = len(facts) > skip + count
        found = await self._found(coin, now) if skip == 0 else ()
        return NewsPage(now, page, moods, coin, skip, more, self.rounds.state(), found)

    async def _found(self, coin: str, now: datetime) -> tuple[Found, ...]:
        known = await self.tidings.recent(now - 2 * COUNTS_FOR)
        concerned = (t for t in known if t.seen_at <= now and (not coin or coin in t.coins))
        return most_telling([Found(tiding, grip(tiding, now)) for tiding in concerned])


def most_telling(found: Sequence[Found]) -> tuple[Found, ...]:
    """Newest first; where there are too many, those that hold back nothing are left out."""
    newest = sorted(found, key=lambda one: one.time, reverse=True)
    kept = sorted(newest, key=lambda one: one.grip is None)[:MOST_FOUND]
    return tuple(sorted(kept, key=lambda one: one.time, reverse=True))
