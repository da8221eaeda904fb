"""Contracts of a venue and nothing more: all that an exit needs to know of a market."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.instrument import Instrument
from core.domain.market import FundingRate, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.errors import UnknownSymbol


@dataclass(frozen=True, slots=True)
class Listing:
    """`core.ports.MarketData` for somebody who only leaves. `known` is filled when the venue has
    been asked.
    """

    known: dict[str, Instrument] = field(default_factory=dict)

    def instrument(self, symbol: str) -> Instrument:
        if symbol not in self.known:
            raise UnknownSymbol(symbol=symbol, known="")
        return self.known[symbol]

    async def snapshots(
        self, _symbols: Sequence[str], _timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        return ()

    def agreement(self) -> float | None:
        return None

    def funding(self, _symbol: str) -> tuple[FundingRate | None, None]:
        return None, None
