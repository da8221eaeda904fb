"""What a backtest knows of a symbol: its contract, candles, mark prices and funding."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Floats, Millis
from core.rules.rule import ForecastColumns


@dataclass(frozen=True, slots=True)
class Funding:
    """Rates as columns, oldest first; times in ms."""

    time: Millis
    rate: Floats


NO_FUNDING = Funding(np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolHistory:
    """`frame` holds the candles that decisions are made on, warm-up included; `tape` the candles
    that orders live through: the same, or finer ones. `mark` are mark candles of the tape's
    timeframe, None where none are recorded. `voices` are models' recorded answers, a row for each
    candle of the frame and NaN where nothing was said; what the rules say is worked out. Where the
    `main` one of them speaks there is a quorum.
    """

    instrument: Instrument
    frame: CandleFrame
    tape: CandleFrame
    mark: CandleFrame | None = None
    funding: Funding = NO_FUNDING
    voices: Mapping[str, ForecastColumns] = field(default_factory=dict)
    main: str = ""

    @property
    def symbol(self) -> str:
        return self.instrument.symbol
