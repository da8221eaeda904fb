"""Goes round all voices: who is due is asked, what they say is filed, who fails is left alone."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.edge import survives
from bot.news.errors import Unheard
from bot.news.feeling import AskMood
from bot.news.listening import Voice
from bot.news.patience import Standing
from bot.news.timetable import Timetable
from bot.storage.news import SqlNews
from core.domain.news import Item, NewsFact, Publisher, Round
from core.news.facts import fact_of
from core.ports import Clock

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
AT_ONCE = 4


@dataclass(slots=True)
class Ear:
    """Listens to one voice, and remembers how it stands with it."""

    voice: Voice
    clock: Clock
    standing: Standing = field(default_factory=Standing)

    async def hear(self) -> Sequence[NewsFact]:
        """What is worth keeping of what it says; nothing from one that fails, which is said once."""
        heard: list[NewsFact] = []

        async def ask() -> None:
            heard.extend(await self._ask())

        await survives(f"news from {self.voice.publisher.name}", ask, self._broken)
        return heard

    def kept(self) -> None:
        """What was heard has been filed."""
        if not self.standing.failures:
            self.voice.kept()

    async def _ask(self) -> Sequence[NewsFact]:
        name, before = self.voice.publisher.name, self.standing
        try:
            items = await self.voice.ask()
        except Unheard as error:
            if not before.failures:
                logger.warning("no news from %s: %s", name, error)
            self.standing = before.failed(self.clock.now(), error.wait)
            return ()
        now = self.clock.now()
        facts = await asyncio.to_thread(_facts, items, self.voice.publisher, now)
        if before.failures:
            logger.info("%s is heard again", name)
        self.standing = before.heard(now, self.voice.every)
        return facts

    async def _broken(self, _error: Exception) -> None:
        self.standing = self.standing.failed(self.clock.now(), None)


@dataclass(frozen=True, slots=True)
class HearNews:
    """A round. One voice that breaks harms no other."""

    clock: Clock
    ears: Sequence[Ear]
    news: SqlNews
    rounds: Timetable
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def __call__(self) -> None:
        begun = self.clock.now()
        due = [ear for ear in self.ears if ear.standing.is_due(begun)]
        heard = await asyncio.gather(*(self._in_turn(ear) for ear in due))
        for ear, facts in zip(due, heard, strict=True):
            await self.news.file(facts, self.clock.now())
            ear.kept()
        answered = sum(not ear.standing.failures for ear in self.ears)
        self.rounds.tell(Round(begun + EVERY, begun, len(self.ears), answered))

    async def _in_turn(self, ear: Ear) -> Sequence[NewsFact]:
        async with self.turns:
            return await ear.hear()


def _facts(items: Sequence[Item], publisher: Publisher, now: datetime) -> list[NewsFact]:
    made = (fact_of(item, publisher, now) for item in items)
    return [fact for fact in made if fact is not None]


@dataclass(slots=True)
class FeelMoods:
    """Every hour; an index that is away is said once."""

    ask: AskMood
    news: SqlNews
    is_down: bool = False

    async def __call__(self) -> None:
        try:
            felt = await self.ask()
        except Unheard as error:
            if not self.is_down:
                logger.warning("no mood: %s", error)
            self.is_down = True
            return
        self.is_down = False
        await self.news.feel(felt)
