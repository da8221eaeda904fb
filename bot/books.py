"""Writes down what was spent and said a moment after it came, all of it in one transaction.

Money is set aside before anything is sent, and that waits for the disk. What a call has cost and what
was answered keeps nobody waiting: first the answer is read and decided on. If the process dies in
between, the worst case is still set aside, and the next start counts it.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.edge import survives
from bot.storage import calls, minutes
from bot.storage.calls import SqlPurse
from bot.storage.database import Database
from bot.storage.minutes import SqlMinutes
from core.domain.model import Call, Exchange, Failure
from core.spending.ladder import Spent

MOMENT = 1.0  # seconds


class Books:
    """`core.ports.Purse` and `core.ports.Minutes`; while nobody runs it, it writes at once.

    Until a settlement is written its worst case counts, so that no cap is ever passed.
    """

    def __init__(self, database: Database, purse: SqlPurse, minutes: SqlMinutes) -> None:
        self._database = database
        self._purse = purse
        self._minutes = minutes
        self._settled: list[Call] = []
        self._said: list[Exchange] = []
        self._waits = asyncio.Event()
        self._door = asyncio.Lock()
        self._runs = False

    async def run(self) -> None:
        """Until the end of the process, which writes what is left."""
        self._runs = True
        try:
            while True:
                await self._waits.wait()
                await asyncio.sleep(MOMENT)
                self._waits.clear()
                await survives("the books", self.write)
        finally:
            self._runs = False
            await self.write()

    async def reserve(self, call: Call) -> Failure | None:
        """What is missing may be what earlier answers have left over."""
        known = len(self._settled)
        refusal = await self._purse.reserve(call)
        if refusal is None or not known:
            return refusal
        await self.write()
        return await self._purse.reserve(call)

    async def settle(self, call: Call) -> None:
        self._settled.append(call)
        await self._noted()

    async def keep(self, exchange: Exchange) -> None:
        self._said.append(exchange)
        await self._noted()

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        await self.write()
        return await self._purse.calls(start, end)

    async def spent(self, now: datetime) -> Spent:
        """`core.spending.ports.Till`."""
        await self.write()
        return await self._purse.spent(now)

    async def clear(self, now: datetime) -> int:
        """At a start."""
        return await self._purse.clear(now)

    async def find(self, key: str) -> Exchange | None:
        await self.write()
        return await self._minutes.find(key)

    async def write(self) -> None:
        """What could not be written is tried again with the next; twice does no harm."""
        async with self._door:
            settled, said = tuple(self._settled), tuple(self._said)
            if settled or said:
                await self._database.run(_write, settled, said)
                del self._settled[: len(settled)], self._said[: len(said)]

    async def _noted(self) -> None:
        if self._runs:
            self._waits.set()
        else:
            await self.write()


def _write(connection: Connection, settled: Sequence[Call], said: Sequence[Exchange]) -> None:
    calls.settle(connection, settled)
    if said:
        minutes.write(connection, said)
