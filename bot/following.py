"""What a desk looks at: the candles that any of its accounts follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.market import Timeframe
from core.ports import Ledger


class Follows(Protocol):
    """An account's settings, or what several follow together."""

    @property
    def symbols(self) -> tuple[str, ...]: ...

    @property
    def timeframe(self) -> Timeframe: ...


@dataclass(frozen=True, slots=True)
class Followed:
    symbols: tuple[str, ...]
    timeframe: Timeframe


async def followed(ledger: Ledger, accounts: Sequence[str]) -> Followed:
    """As their settings are now. Candles are of one length for all of them."""
    every = [await ledger.settings(name) for name in accounts]
    symbols = tuple(dict.fromkeys(symbol for one in every for symbol in one.symbols))
    return Followed(symbols, every[0].timeframe)
