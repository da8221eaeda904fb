"""Keeps the message of a running backtest up to date, and turns it into the card at the end."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from aiogram.exceptions import AiogramError

from core.backtest.asking import RunBacktests
from core.backtest.reading import ReadBacktests
from handlers.later import Later
from handlers.screens import Screen
from handlers.views.backtest.card import card, unfinished
from handlers.views.backtest.progress import progress_view
from handlers.views.view import View
from handlers.words import Reader

logger = logging.getLogger(__name__)

EVERY = timedelta(seconds=2)
CALM = timedelta(seconds=10)
AT_FIRST = 30  # looks


@dataclass(frozen=True, slots=True)
class Seen:
    """What a backtest looks like now, and whether that is the last of it."""

    view: View
    over: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """Where backtests are asked for, looked up, and followed."""

    run: RunBacktests
    read: ReadBacktests
    later: Later

    async def shows(self, screen: Screen, filed_id: str) -> None:
        """In a new message, which is kept up to date as long as it runs."""
        seen = await self.look(screen.reader, filed_id)
        message = await screen.show(seen.view)
        if not seen.over:
            self.later(EVERY, Following(screen, self, filed_id, message.message_id))

    async def follows(self, screen: Screen, filed_id: str, message_id: int) -> None:
        """In a message that is there, from now on."""
        await Following(screen, self, filed_id, message_id)()

    async def look(self, reader: Reader, filed_id: str) -> Seen:
        """Raises NotFound."""
        filed, progress, record = await self.read.one(filed_id)
        if progress is not None:
            return Seen(progress_view(reader, filed, progress), over=False)
        view = unfinished(reader, filed) if record is None else card(reader, filed, record)
        return Seen(view, over=True)


@dataclass(frozen=True, slots=True)
class Following:
    """Looks every two seconds until it is over, after a minute less often; one message, edited in
    place when there is something new. `shown` is what it says, `looks` how often it was looked.
    """

    screen: Screen
    bench: Bench
    filed_id: str
    message_id: int
    shown: str = ""
    looks: int = 0

    async def __call__(self) -> None:
        """While Telegram is away the message stands still; the next look tries again."""
        seen = await self.bench.look(self.screen.reader, self.filed_id)
        shown, over = self.shown, False
        try:
            if seen.over or seen.view.text != shown:
                await self._show(seen)
            shown, over = seen.view.text, seen.over
        except AiogramError as error:
            logger.info("backtest %s waits to be shown: %s", self.filed_id, type(error).__name__)
        if not over:
            wait = EVERY if self.looks < AT_FIRST else CALM
            self.bench.later(wait, replace(self, shown=shown, looks=self.looks + 1))

    async def _show(self, seen: Seen) -> None:
        photo = seen.view.picture is not None
        there = await self.screen.change(self.message_id, seen.view, photo=photo)
        if seen.over and not there:
            await self.screen.show(seen.view)
