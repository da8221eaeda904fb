"""Small markets, written as the text of files or as columns."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.market.recording import FundingHistory, Recording
from bot.market.unpack import Source
from core.domain.market import CandleFrame, Origin, Timeframe, to_millis

START = datetime(2024, 1, 1, tzinfo=UTC)
FIRST = to_millis(START)
HOUR = 3_600_000
HEADER = "ts,open,high,low,close,volume"
BTC = "BTC/USDT:USDT"
ETH = "ETH/USDT:USDT"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def row(hour: float, price: float = 100.0, volume: float = 7.5) -> str:
    time = FIRST + round(hour * HOUR)
    return f"{time},{price},{price + 2},{price - 2},{price + 1},{volume}"


def rows(count: int, first: int = 0) -> list[str]:
    return [row(hour, 100.0 + hour) for hour in range(first, first + count)]


def source(lines: Sequence[str], name: str = "BTCUSDT_1h.csv", header: str = HEADER) -> Source:
    return Source(name, (name,), "\n".join([header, *lines, ""]))


def frame(
    prices: Sequence[float], timeframe: Timeframe = Timeframe.H1, first: datetime = START
) -> CandleFrame:
    """Each candle opens at its price, ranges two up and down, and closes one higher."""
    opens = np.array(prices, dtype=np.float64)
    times = to_millis(first) + timeframe.milliseconds * np.arange(len(prices), dtype=np.int64)
    volume = np.ones(len(prices))
    return CandleFrame(timeframe, times, opens, opens + 2, opens - 2, opens + 1, volume)


def without(whole: CandleFrame, *missing: int) -> CandleFrame:
    keep = np.setdiff1d(np.arange(len(whole)), missing)
    columns = (whole.time, whole.open, whole.high, whole.low, whole.close, whole.volume)
    return CandleFrame(whole.timeframe, *(column[keep] for column in columns))


def funding(*stamps: tuple[float, float]) -> FundingHistory:
    times = np.array([FIRST + round(hour * HOUR) for hour, _ in stamps], dtype=np.int64)
    return FundingHistory(times, np.array([rate for _, rate in stamps]))


def recording(
    candles: CandleFrame,
    marks: CandleFrame | None = None,
    rates: FundingHistory | None = None,
    symbol: str = BTC,
) -> Recording:
    return Recording(
        Origin.RECORDED,
        {symbol: {candles.timeframe: candles}},
        {symbol: {marks.timeframe: marks}} if marks else {},
        {symbol: rates} if rates else {},
    )
