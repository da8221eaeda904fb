"""An archive with a memory: what the venue has told once is kept, and read from there the next time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.live.ports import Archive
from bot.market.recording import FundingHistory
from bot.storage.candles import SqlCandles
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.ports import Clock

SETTLED = timedelta(minutes=2)
OVERLAP = 2


@dataclass(frozen=True, slots=True)
class KeptArchive:
    """`bot.live.ports.Archive` of one venue over its real one.

    A candle that has closed only just now is not kept yet: venues mend their newest ones. A feed asks
    from `OVERLAP` candles before what it lacks, so that fewer kept ones than that tell it nothing.
    """

    venue: str
    archive: Archive
    store: SqlCandles
    clock: Clock

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame:
        end = since + timeframe.duration * limit
        kept = await self.store.frame(self.venue, symbol, timeframe, since, end)
        whole = _in_a_row(kept, since)
        if len(whole) > OVERLAP:
            return whole
        told = await self.archive.candles(symbol, timeframe, since, limit)
        await self._keep(symbol, told)
        return told

    async def _keep(self, symbol: str, told: CandleFrame) -> None:
        settled = told.rows(0, told.closed_by(self.clock.now() - SETTLED))
        if len(settled):
            await self.store.put(self.venue, symbol, told.timeframe, settled)

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None:
        told = await self.archive.marks(symbol, timeframe, since, limit)
        if told is not None and len(told):
            await self.store.put_marks(self.venue, symbol, timeframe, told)
        return told

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory:
        """Always asked: a rate that is missing may come late."""
        told = await self.archive.funding(symbol, since, limit)
        if len(told):
            await self.store.put_funding(self.venue, symbol, told)
        return told


def _in_a_row(kept: CandleFrame, since: datetime) -> CandleFrame:
    """From the first open at or after `since`, up to the first hole."""
    step = kept.timeframe.milliseconds
    first = -(-to_millis(since) // step) * step
    if not len(kept) or int(kept.time[0]) != first:
        return kept.rows(0, 0)
    breaks = np.flatnonzero(np.diff(kept.time) != step)
    return kept.rows(0, int(breaks[0]) + 1 if len(breaks) else len(kept))
