"""Keeps an account's diary complete: asks its venue for what is new, with some of the old again.

Venues tell late and out of order. Each stream is asked from where it was last heard less an
overlap; the diary knows what it has.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.broker.ports import Dialect, Diary, Entry, Span, Stream
from core.domain.trading import Fill
from core.execution.names import is_ours
from core.ports import Clock

OVERLAP = timedelta(minutes=10)
AHEAD = timedelta(minutes=1)
OPENED = ""


@dataclass(slots=True)
class Chronicle:
    """`heard` is up to when each stream was listened to; what the diary knows of that may be an
    overlap older, so that a quiet account costs no writing.
    """

    account: str
    dialect: Dialect
    diary: Diary
    clock: Clock
    heard: dict[str, datetime] = field(default_factory=dict)
    written: datetime | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def open(self) -> None:
        """Nothing from before the desk first looked at this account is told."""
        self.heard = dict(await self.diary.marks(self.account))
        if OPENED not in self.heard:
            self.heard[OPENED] = self.clock.now()
            await self.diary.write(self.account, {}, {OPENED: self.heard[OPENED]})

    async def catch_up(self, symbols: Collection[str]) -> None:
        async with self.turn:
            now = self.clock.now()
            due = [s for s in self.dialect.streams(symbols) if self._is_due(s, now)]
            told = await asyncio.gather(*(self._listen(stream, now) for stream in due))
            entries = [entry for lived in told for entry in lived]
            await self._keep(entries, {stream.name: now for stream in due}, now)

    def _is_due(self, stream: Stream, now: datetime) -> bool:
        heard = self.heard.get(stream.name)
        return heard is None or heard > now or now - heard >= stream.every

    async def _listen(self, stream: Stream, now: datetime) -> Collection[Entry]:
        """A clock that ran ahead has heard nothing of the time that it skipped."""
        opened = min(self.heard[OPENED], now)
        heard = min(self.heard.get(stream.name, opened), now)
        since = max(opened, heard - OVERLAP)
        lived = await self.dialect.lived(stream, Span(since, now + AHEAD))
        if stream.name in self.heard or not stream.symbol:
            return [entry for entry in lived if entry.activity.time >= opened]
        return [entry for entry in lived if _concerns(entry, max(opened, now - OVERLAP))]

    async def _keep(
        self, entries: Collection[Entry], marks: dict[str, datetime], now: datetime
    ) -> None:
        """Heard only when it is written, so that what was told to a dying process is told again."""
        if entries or self.written is None or now - self.written >= OVERLAP:
            lived = {entry.key: entry.activity for entry in sorted(entries, key=_order)}
            await self.diary.write(self.account, lived, marks)
            self.written = now
        self.heard |= marks


def _concerns(entry: Entry, since: datetime) -> bool:
    """Of a symbol that was never listened to: our own orders, and else only what is new."""
    activity = entry.activity
    ours = isinstance(activity, Fill) and is_ours(activity.client_order_id)
    return ours or activity.time >= since


def _order(entry: Entry) -> tuple[datetime, bool, str]:
    """Payments before fills of the same moment: what a liquidation costs belongs to its trade."""
    return entry.activity.time, isinstance(entry.activity, Fill), entry.key
