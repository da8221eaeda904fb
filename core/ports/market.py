"""What the desk asks of markets and of time."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from core.domain.instrument import Instrument
from core.domain.market import Bar, FundingRate, Quote, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.domain.won import Premium, WonRate


class Clock(Protocol):
    """What time is it? Always aware, always UTC."""

    def now(self) -> datetime: ...


class MarketData(Protocol):
    """What does the market look like? Never shows a candle that has not closed."""

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        """One per symbol, in their order; a symbol without closed candles is left out.

        Raises UnknownSymbol.
        """
        ...

    def instrument(self, symbol: str) -> Instrument:
        """Raises UnknownSymbol."""
        ...

    def agreement(self) -> float | None:
        """Which share of its candles (0..1) a second venue tells alike; None where none was asked."""
        ...

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        """What longs pay next as far as it is known, and when. Raises UnknownSymbol."""
        ...


class Quotes(Protocol):
    """What is the price now?"""

    async def quote(self, symbol: str) -> Quote:
        """Raises UnknownSymbol, NoMarketData."""
        ...


class Tape(Protocol):
    """What has traded, bar by bar?"""

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        """Bars that closed after `after` and not after `until`, oldest first."""
        ...


class Won(Protocol):
    """What is it in won?"""

    def rate(self) -> WonRate | None:
        """The last one known, with its time; None before the first."""
        ...

    async def premium(self, symbol: str, price: Decimal) -> Premium | None:
        """For a coin that costs `price` in the world; None where Seoul does not list it."""
        ...


class Sights(Protocol):
    """Who remembers what was looked at, so that a decision can be looked at again?"""

    async def keep(self, snapshots: Sequence[MarketSnapshot]) -> None: ...
