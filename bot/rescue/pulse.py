"""Does a desk live that looks after an account? The beats of its lease tell, and nothing else."""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto

from bot.storage.database import Database
from bot.storage.lease import BEATS_EVERY
from bot.storage.leasing import Row, look
from core.ports import Ledger

LOOKS_EVERY = 0.5
SILENT = BEATS_EVERY + 1.5


class Heard(Enum):
    """DONE: nothing is live any more. NOBODY beats. SLOW: somebody does, and has not closed it."""

    DONE = auto()
    NOBODY = auto()
    SLOW = auto()


@dataclass(frozen=True, slots=True)
class AwaitDesk:
    """A desk that lives closes by itself what the ledger says must end."""

    database: Database
    ledger: Ledger
    patience: float = 20.0
    every: float = LOOKS_EVERY
    silent: float = SILENT

    async def __call__(self, account: str) -> Heard:
        first, waited, lives = await self._beat(account), 0.0, False
        while waited < self.patience:
            if not await self.ledger.live_trades(account):
                return Heard.DONE
            if first is None or (waited >= self.silent and not lives):
                return Heard.NOBODY
            await asyncio.sleep(self.every)
            waited += self.every
            lives = lives or await self._beat(account) != first
        return Heard.SLOW

    async def _beat(self, account: str) -> Row | None:
        row = await self.database.read(look, account)
        return row if row and row.holder else None
