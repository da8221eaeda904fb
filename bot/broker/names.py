"""What a venue calls a contract, and how many coins are in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from bot.exchanges.contracts import contract_size, is_ours
from bot.exchanges.venues import Venue
from core.domain.market import exact


@dataclass(frozen=True, slots=True)
class Names:
    """A contract that the desk does not know keeps its venue's name: it is still somebody's."""

    ids: Mapping[str, str]
    symbols: Mapping[str, str]
    sizes: Mapping[str, Decimal]

    @classmethod
    def of(cls, markets: Mapping[str, Any], venue: Venue) -> Self:
        known = {s: m for s, m in markets.items() if is_ours({**m, "active": True}, venue)}
        ids = {symbol: str(market["id"]) for symbol, market in known.items()}
        symbols = {name: symbol for symbol, name in ids.items()}
        return cls(ids, symbols, {s: exact(contract_size(m)) for s, m in known.items()})

    def id(self, symbol: str) -> str:
        return self.ids.get(symbol, symbol)

    def symbol(self, told: str) -> str:
        return self.symbols.get(told, told)

    def size(self, symbol: str) -> Decimal:
        return self.sizes.get(symbol, Decimal(1))
