"""Keeps streams alive: one that has been silent for too long, or has ended, is opened anew."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import VenueUnavailable
from core.errors import UnknownSymbol
from core.ports import Clock

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
GRACE = timedelta(seconds=60)
CLOSELY = 0.5


@dataclass
class Line:
    """One subscription. `listen` hears until the connection ends, raising VenueUnavailable (or
    UnknownSymbol, where the venue no longer lists what is followed), and touches the line with
    every message; `patience` is the longest silence of a line that lives.
    """

    name: str
    clock: Clock
    patience: timedelta
    listen: Callable[["Line"], Awaitable[None]]
    heard_at: datetime | None = None
    is_down: bool = False
    is_struck: bool = False

    def touch(self) -> None:
        self.heard_at = self.clock.now()

    def left(self) -> float:
        """Seconds until its silence has lasted too long."""
        quiet = self.clock.now() - (self.heard_at or self.clock.now())
        return (self.patience - quiet).total_seconds()

    def next_look(self) -> float:
        """A line that was down is watched closely, until it speaks."""
        left = max(self.left(), 0.0)
        return min(left, CLOSELY) if self.is_down else left


class Silent(VenueUnavailable):
    """Connected, and yet nothing comes."""


@dataclass
class Listener:
    """All lines of one venue. `drop` closes what is left of a line's connections; `again` is awaited
    when a line that was down speaks again, so that what it missed is read from the archive.
    """

    lines: Sequence[Line]
    drop: Callable[[Line], Awaitable[None]]
    again: Callable[[], Awaitable[None]]

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for line in self.lines:
                tasks.create_task(self._keep(line))

    async def _keep(self, line: Line) -> None:
        """One that keeps dying strikes its neighbours less and less often; who was struck has not
        failed.
        """
        pause = FIRST_PAUSE
        while True:
            began = line.clock.now()
            try:
                await self._hear(line)
            except (VenueUnavailable, UnknownSymbol) as error:
                self._say(line, error)
            await self.drop(line)
            pause = FIRST_PAUSE if line.clock.now() - began > GRACE else pause
            await asyncio.sleep(pause.total_seconds())
            pause = pause if line.is_struck else min(pause * 2, LONGEST_PAUSE)

    def _say(self, line: Line, error: Exception) -> None:
        """Once for each outage."""
        if not line.is_down:
            logger.warning("%s is down: %s", line.name, error)
        line.is_down = True

    async def _hear(self, line: Line) -> None:
        line.touch()
        line.is_struck = False
        began = line.heard_at
        hearing = asyncio.ensure_future(line.listen(line))
        try:
            while not hearing.done():
                await asyncio.wait({hearing}, timeout=line.next_look())
                if line.is_down and line.heard_at != began:
                    await self._up(line)
                if line.left() <= 0:
                    raise Silent(f"nothing has come for {line.patience.total_seconds():.0f} s")
            if hearing.cancelled():
                raise Silent("the connection was closed")
            hearing.result()
        finally:
            hearing.cancel()
            await asyncio.wait({hearing})

    async def _up(self, line: Line) -> None:
        line.is_down = False
        logger.warning("%s speaks again", line.name)
        await self.again()
