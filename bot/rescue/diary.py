"""The ledger's diary for somebody who leaves: that one has listened need not be written down."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.storage.diary import SqlDiary
from core.domain.trading import Activity
from core.errors import LedgerUnavailable


@dataclass(frozen=True, slots=True)
class Hasty:
    """`bot.broker.ports.Diary`. A mark that is not written costs another question, no more."""

    diary: SqlDiary

    async def write(
        self, account: str, lived: Mapping[str, Activity], marks: Mapping[str, datetime]
    ) -> None:
        if lived:
            await self.diary.write(account, lived, marks)
            return
        with suppress(LedgerUnavailable):
            await self.diary.write(account, lived, marks)

    async def read(self, account: str, after: int) -> tuple[Activity, ...]:
        return await self.diary.read(account, after)

    async def marks(self, account: str) -> Mapping[str, datetime]:
        return await self.diary.marks(account)
