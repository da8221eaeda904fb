"""Candles in every timeframe: recorded where there is a record, else made from finer ones."""

from collections.abc import Mapping

import numpy as np

from bot.market.recording import Frames
from core.domain.market import CandleFrame, Timeframe

ALMOST = 0.95


class Shelf:
    """Frames by symbol and timeframe; what has to be resampled is resampled once."""

    def __init__(self, recorded: Mapping[str, Frames]) -> None:
        self._frames = {symbol: dict(frames) for symbol, frames in recorded.items()}
        self._longest = {symbol: longest(frames) for symbol, frames in recorded.items()}

    def longest(self, symbol: str) -> CandleFrame:
        return self._longest[symbol]

    def frame(self, symbol: str, timeframe: Timeframe) -> CandleFrame | None:
        """None where the record is too coarse, or absent."""
        frames = self._frames.get(symbol, {})
        if timeframe not in frames:
            finer = {key: frame for key, frame in frames.items() if _divides(key, timeframe)}
            if not finer:
                return None
            frames[timeframe] = resample(longest(finer), timeframe)
        return frames[timeframe]


def longest(frames: Frames) -> CandleFrame:
    """The finest frame that covers about as much time as any other does."""
    spans = {key: len(frame) * key.milliseconds for key, frame in frames.items()}
    enough = ALMOST * max(spans.values())
    finest = min(
        (timeframe for timeframe, span in spans.items() if span >= enough),
        key=lambda timeframe: timeframe.milliseconds,
    )
    return frames[finest]


def resample(frame: CandleFrame, timeframe: Timeframe) -> CandleFrame:
    """Join candles into longer ones; a bucket with a candle missing is left out as a gap."""
    if not _divides(frame.timeframe, timeframe):
        raise ValueError(f"{frame.timeframe} candles do not make up {timeframe} candles")
    buckets = frame.time - frame.time % timeframe.milliseconds
    times, first, counts = np.unique(buckets, return_index=True, return_counts=True)
    if not len(times):
        return CandleFrame(timeframe, *(np.empty(0, np.int64), *(np.empty(0),) * 5))
    whole = counts == timeframe.milliseconds // frame.timeframe.milliseconds
    return CandleFrame(
        timeframe,
        times[whole],
        frame.open[first][whole],
        np.maximum.reduceat(frame.high, first)[whole],
        np.minimum.reduceat(frame.low, first)[whole],
        frame.close[first + counts - 1][whole],
        np.add.reduceat(frame.volume, first)[whole],
    )


def _divides(fine: Timeframe, coarse: Timeframe) -> bool:
    return coarse.milliseconds > fine.milliseconds and (
        coarse.milliseconds % fine.milliseconds == 0
    )
