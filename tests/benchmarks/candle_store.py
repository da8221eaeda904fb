"""How fast do candles go into the store, and how fast do they come out?"""

import tempfile
import time
from pathlib import Path

import numpy as np

from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.market import CandleFrame, Timeframe, from_millis

MILLION = 1_000_000
PAGE = 50_000
BTC = ("binance", "BTC/USDT:USDT", Timeframe.M1)


async def run():
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{Path(folder) / 'desk.db'}")
        await migrate(database)
        results = await measured(SqlCandles(database), minutes(MILLION))
        await database.close()
    return results


async def measured(candles, frame):
    start, end = (from_millis(int(frame.time[row])) for row in (800_000, 900_000))
    return [
        await timed("1M candles in, pages of 50k", fill(candles, frame)),
        await timed("the same once more", fill(candles, frame)),
        await timed("100k candles out", candles.frame(*BTC, start, end)),
        await timed("1M candles out", candles.frame(*BTC)),
    ]


async def fill(candles, frame):
    for first in range(0, len(frame), PAGE):
        await candles.put(*BTC, frame.rows(first, first + PAGE))


async def timed(case, work):
    began = time.perf_counter()
    await work
    return {"benchmark": "candle_store", "case": case, "seconds": time.perf_counter() - began}


def minutes(count):
    dice = np.random.default_rng(1)
    times = 1_500_000_000_000 + 60_000 * np.arange(count, dtype=np.int64)
    return CandleFrame(Timeframe.M1, times, *(dice.random(count) * 1e4 for _ in range(5)))
