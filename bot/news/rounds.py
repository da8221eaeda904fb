"""Goes round all voices: who is due is asked, what they say is filed, who fails is left alone."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from bot.edge import survives
from bot.news.errors import Unheard
from bot.news.feeling import AskMood
from bot.news.listening import Voice
from bot.news.patience import Standing
from bot.news.timetable import Timetable
from bot.storage.news import SqlNews
from core.domain.news import Item, Round
from core.news.facts import fact_of
from core.ports import Clock

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class HearNews:
    """A round. One voice that breaks harms no other."""

    clock: Clock
    voices: Sequence[Voice]
    news: SqlNews
    rounds: Timetable
    standings: dict[str, Standing] = field(default_factory=dict)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def __call__(self) -> None:
        begun = self.clock.now()
        due = [voice for voice in self.voices if self._standing(voice).is_due(begun)]
        heard = await asyncio.gather(*(self._hear(voice) for voice in due))
        for voice, items in zip(due, heard, strict=True):
            await self._file(voice, items)
        down = sum(self._standing(voice).failures > 0 for voice in self.voices)
        asked = len(self.voices)
        self.rounds.tell(Round(begun + EVERY, begun, asked, asked - down))

    async def _hear(self, voice: Voice) -> Sequence[Item]:
        heard: list[Item] = []

        async def ask() -> None:
            heard.extend(await self._ask(voice))

        async with self.turns:
            name = voice.publisher.name
            await survives(f"news from {name}", ask, partial(self._broken, voice))
        return heard

    async def _ask(self, voice: Voice) -> Sequence[Item]:
        """What it says; nothing from one that fails, which is said once."""
        name, standing = voice.publisher.name, self._standing(voice)
        try:
            items = await voice.ask()
        except Unheard as error:
            if not standing.failures:
                logger.warning("no news from %s: %s", name, error)
            self.standings[name] = standing.failed(self.clock.now(), error.wait)
            return ()
        if standing.failures:
            logger.info("%s is heard again", name)
        self.standings[name] = standing.heard(self.clock.now(), voice.every)
        return items

    async def _broken(self, voice: Voice, _error: Exception) -> None:
        failed = self._standing(voice).failed(self.clock.now(), None)
        self.standings[voice.publisher.name] = failed

    async def _file(self, voice: Voice, items: Sequence[Item]) -> None:
        now = self.clock.now()
        made = [fact_of(item, voice.publisher, now) for item in items]
        await self.news.file([fact for fact in made if fact is not None], now)

    def _standing(self, voice: Voice) -> Standing:
        return self.standings.get(voice.publisher.name, Standing())


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
