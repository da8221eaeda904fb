"""What of a venue's page is kept: the asked rows, on the grid, closed, and possible."""

import numpy as np

from bot.market.holes import Hole
from core.domain.history import FundingHistory
from core.domain.market import CandleFrame


def tidy(frame: CandleFrame, hole: Hole) -> CandleFrame:
    """A hole ends where no candle has closed yet."""
    prices = np.vstack((frame.open, frame.high, frame.low, frame.close))
    with np.errstate(invalid="ignore"):
        good = (
            (frame.time >= hole.start)
            & (frame.time < hole.end)
            & (frame.time % frame.timeframe.milliseconds == 0)
            & (np.isfinite(prices) & (prices > 0)).all(axis=0)
            & (frame.high >= np.maximum(frame.open, frame.close))
            & (frame.low <= np.minimum(frame.open, frame.close))
            & (frame.volume >= 0)
            & np.isfinite(frame.volume)
        )
    columns = (frame.time, frame.open, frame.high, frame.low, frame.close, frame.volume)
    return CandleFrame(frame.timeframe, *(column[good] for column in columns))


def tidy_rates(funding: FundingHistory, hole: Hole) -> FundingHistory:
    good = (funding.time >= hole.start) & (funding.time < hole.end)
    good &= np.isfinite(funding.rate) & (np.abs(funding.rate) < 1)
    return FundingHistory(funding.time[good], funding.rate[good])
