"""What the desk asks about a symbol: will the target come before the stop?

Every voice is asked the same event, otherwise their probabilities could not be averaged. The event
lasts `horizon` candles. If neither level was reached by then, the outcome is the share of the way
from stop to target at which the price stands; so stop / (stop + target) is exactly what a price
without drift scores, and p * target - (1 - p) * stop exactly what the trade earns before costs.
"""

import numpy as np

from core.domain.market import CandleFrame, Floats
from core.domain.opinion import Distances, Question
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import Indicators

SHORTEST_STOP = 0.002


def stop_distances(frame: CandleFrame, columns: Indicators, tuning: Tuning) -> Floats:
    """Column of stop distances as fractions of the close: some ATR, but never inside the noise."""
    if tuning.fixed_stop:
        return np.full(len(frame), tuning.fixed_stop)
    distances: Floats = np.maximum(tuning.stop_in_atr * columns.atr / frame.close, SHORTEST_STOP)
    return distances


def question(snapshot: MarketSnapshot, columns: Indicators, tuning: Tuning) -> Question:
    """The question as of the snapshot's last close. The last ATR must be a number."""
    frame = snapshot.frame
    stop = float(stop_distances(frame, columns, tuning)[-1])
    distances = Distances(stop, tuning.target_in_stops * stop)
    return Question(
        symbol=snapshot.symbol,
        as_of=snapshot.as_of,
        price=float(frame.close[-1]),
        horizon=frame.timeframe.duration * tuning.horizon,
        distances={Side.BUY: distances, Side.SELL: distances},
        tuning=tuning,
    )
