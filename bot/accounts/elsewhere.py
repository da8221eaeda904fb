"""The desk's market, as an account at another venue trades it: prices from here, rules from there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.markets import Market
from core.domain.instrument import Instrument
from core.domain.market import Bar, FundingRate, Origin, Quote, Timeframe
from core.domain.snapshot import MarketSnapshot


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`contracts` are steps, fees and limits where the account lies. Until they are known, and for
    what is not listed there, those of the desk's market stand in: good enough to look at.
    """

    market: Market
    contracts: dict[str, Instrument] = field(default_factory=dict)

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(s for s in self.market.symbols if not self.contracts or s in self.contracts)

    @property
    def timeframes(self) -> tuple[Timeframe, ...]:
        return self.market.timeframes

    @property
    def origin(self) -> Origin:
        return self.market.origin

    @property
    def first(self) -> datetime:
        return self.market.first

    def instrument(self, symbol: str) -> Instrument:
        return self.contracts.get(symbol) or self.market.instrument(symbol)

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        return await self.market.snapshots(symbols, timeframe)

    def agreement(self) -> float | None:
        return self.market.agreement()

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        return self.market.funding(symbol)

    async def quote(self, symbol: str) -> Quote:
        return await self.market.quote(symbol)

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        return await self.market.bars(symbol, after, until)
