"""What every market of a desk can do, whether it is recorded, made up or alive."""

from datetime import datetime
from typing import Protocol

from core.domain.market import Origin, Timeframe
from core.ports import MarketData, Quotes, Tape


class Market(MarketData, Quotes, Tape, Protocol):
    """Snapshots, quotes and bars, and what there is to choose from."""

    @property
    def symbols(self) -> tuple[str, ...]: ...

    @property
    def timeframes(self) -> tuple[Timeframe, ...]: ...

    @property
    def origin(self) -> Origin: ...

    @property
    def first(self) -> datetime:
        """From when on there are candles."""
        ...
