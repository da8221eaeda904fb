"""What the desk asks about a symbol: will the target come before the stop?

Every voice is asked the same event, otherwise their probabilities could not be averaged. The event
lasts HORIZON candles. If neither level was reached by then, the outcome is the share of the way
from stop to target at which the price stands; so stop / (stop + target) is exactly what a price
without drift scores, and p * target - (1 - p) * stop exactly what the trade earns before costs.
"""

import numpy as np

from core.domain.market import CandleFrame, Floats, MarketSnapshot
from core.domain.opinion import Distances, Question
from core.domain.trading import Side
from core.indicators import Indicators

HORIZON = 48
STOP_IN_ATR = 2.0
TARGET_IN_STOPS = 2.6
SHORTEST_STOP = 0.002


def stop_distances(frame: CandleFrame, columns: Indicators) -> Floats:
    """Column of stop distances as fractions of the close: 2 ATR, but never inside the noise."""
    distances: Floats = np.maximum(STOP_IN_ATR * columns.atr / frame.close, SHORTEST_STOP)
    return distances


def question(snapshot: MarketSnapshot, columns: Indicators) -> Question:
    """The question as of the snapshot's last close. The last ATR must be a number."""
    frame = snapshot.frame
    stop = float(stop_distances(frame, columns)[-1])
    distances = Distances(stop, TARGET_IN_STOPS * stop)
    return Question(
        symbol=snapshot.symbol,
        as_of=snapshot.as_of,
        price=float(frame.close[-1]),
        horizon=frame.timeframe.duration * HORIZON,
        distances={Side.BUY: distances, Side.SELL: distances},
    )
