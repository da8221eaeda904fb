"""A made-up market of some months, and an account that walks through it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from core.backtest.history import Funding, SymbolHistory
from core.backtest.scenario import Scenario
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.risk.profiles import LIMITS
from tests.builders import instrument, settings

HOUR = Timeframe.H1.milliseconds
START = datetime(2024, 3, 1, tzinfo=UTC)
SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT")


def walk(seed, count, price=50_000.0):
    """Hourly candles that trend and fall back; `count` of them, the last closing at the end."""
    dice = np.random.default_rng(seed)
    drift = np.repeat(dice.normal(0, 0.0012, -(-count // 96)), 96)[:count]
    close = np.round(price * np.exp(np.cumsum(drift + dice.normal(0, 0.004, count))), 1)
    opened = np.concatenate(([price], close[:-1]))
    reach = 1 + np.abs(dice.normal(0, 0.002, count))
    high = np.round(np.maximum(opened, close) * reach, 1)
    low = np.round(np.minimum(opened, close) / reach, 1)
    return opened, high, low, close


def histories(days=120, before=4_000, seed=1):
    """`days` from START, with so many candles of warm-up; funding every eight hours."""
    count = before + days * 24
    time = to_millis(START) + HOUR * np.arange(-before, days * 24, dtype=np.int64)
    return {symbol: history(symbol, time, seed + n, count) for n, symbol in enumerate(SYMBOLS)}


def history(symbol, time, seed, count):
    opened, high, low, close = walk(seed, count)
    frame = CandleFrame(Timeframe.H1, time, opened, high, low, close, np.full(count, 1e6))
    stamps = time[time % (8 * HOUR) == 0]
    rates = np.round(np.random.default_rng(seed).normal(1e-4, 5e-5, len(stamps)), 8)
    return SymbolHistory(
        instrument=instrument(symbol=symbol),
        frame=frame,
        tape=frame,
        funding=Funding(stamps, rates),
    )


def scenario(days=120, **changed):
    asked = replace(settings(), symbols=SYMBOLS, timeframe=Timeframe.H1, limits=LIMITS["bold"])
    return Scenario(
        start=START,
        end=START + timedelta(days=days),
        equity=Decimal(10_000),
        settings=asked,
        **changed,
    )
