"""Markets that the tests of the voices look at."""

import numpy as np

from core.committee.question import question
from core.domain.market import Origin
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import STANDARD
from core.indicators import indicators
from tests.builders import NOON, SYMBOL, instrument
from tests.fakes import frame


def seen(symbol=SYMBOL, *, rows=400, end=NOON, last=None):
    """A market that sways; `last` is where it closed in the end."""
    closes = 64_000 + 300 * np.sin(np.arange(rows) / 9)
    if last is not None:
        closes[-1] = last
    candles = frame(closes, end=end, reach=50)
    return MarketSnapshot(instrument(symbol=symbol), end, candles, Origin.SYNTHETIC)


def asked(*snapshots):
    """The desk's questions about them."""
    return [question(one, indicators(one.frame), STANDARD) for one in snapshots]
