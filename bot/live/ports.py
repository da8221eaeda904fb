"""What a live feed asks of a venue; ccxt stands behind it, or a test."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.live.listening import Line
from bot.live.prices import Price
from bot.market.recording import FundingHistory
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Timeframe


class Archive(Protocol):
    """Who tells closed candles? Raises VenueBusy, VenueUnavailable, UnknownSymbol, NoMarketData."""

    @property
    def page(self) -> int:
        """How many rows an answer can hold."""
        ...

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame: ...

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None: ...

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory: ...


class PriceBoard(Protocol):
    """Who tells prices and the venue's time? Raises VenueBusy, VenueUnavailable."""

    async def prices(self, symbols: Sequence[str]) -> dict[str, Price]: ...

    async def skew(self) -> timedelta | None:
        """The venue's clock minus ours; None where it does not tell."""
        ...

    async def derivatives(self, symbol: str) -> Derivatives: ...


class Streams(Protocol):
    """Who calls out what happens? Hints, which may stall, repeat, come late or not at all."""

    def lines(
        self, symbols: Sequence[str], timeframes: Sequence[Timeframe]
    ) -> tuple[Line, ...]: ...

    async def drop(self, line: Line | None = None) -> None:
        """Close what is left of a line's connections, or of all, so that the next subscription opens
        new ones. Whoever shared one is struck.
        """
        ...
