"""Who tells old candles? A venue's own archive, asked page by page."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.domain.history import FundingHistory
from core.domain.market import CandleFrame, Timeframe


class CandleSource(Protocol):
    """One venue's history, oldest first.

    A page begins at `since`, or with the first thing after it, and may hold fewer than `limit`;
    candles have closed. Raises VenueBusy, VenueUnavailable, and UnknownSymbol of core.errors.
    """

    @property
    def venue(self) -> str: ...

    @property
    def page(self) -> int:
        """How many rows an answer can hold, two or more: an empty one covers so much time."""
        ...

    async def symbols(self) -> Collection[str]:
        """What is traded there now, in ccxt's notation."""
        ...

    def timeframes(self) -> Collection[Timeframe]: ...

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame: ...

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None:
        """None: the venue tells no mark candles."""
        ...

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory:
        """Empty where nothing is funded, as on spot markets."""
        ...

    async def close(self) -> None: ...
