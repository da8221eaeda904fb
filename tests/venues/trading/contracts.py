"""What a ledger sees of the world through one venue: contracts, prices and funding, by its names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from tests.venues.trading.ledger import Ledger, State
from tests.venues.trading.rules import Quote, Rules
from tests.venues.venue import Venue
from tests.venues.world import Tier


@dataclass(frozen=True, slots=True)
class Names:
    """How a venue calls the contract of a coin, and which coin a contract is of."""

    name_of: Callable[[str], str]
    base_of: Callable[[str], str]


def quote(venue: Venue, names: Names, symbol: str) -> Quote:
    base = names.base_of(symbol)
    tick = venue.world[base].tick
    last = Decimal(venue.price(base)).quantize(tick)
    mark = Decimal(venue.mark(base)).quantize(Decimal("0.00000001"))
    return Quote(last, mark, last - tick, last + tick)


@dataclass(frozen=True, slots=True)
class Contracts(Mapping[str, Rules]):
    """The venue's contracts by name; delivered ones stay, for somebody may hold them."""

    venue: Venue
    names: Names

    def __getitem__(self, symbol: str) -> Rules:
        market = self.venue.world.markets[self.names.base_of(symbol)]
        if market.spot_only:
            raise KeyError(symbol)
        size = market.contracts.get(self.venue.dialect.name, Decimal(1))
        grid = (market.tick, market.step, market.min_notional, size)
        return rules(symbol, grid, market.tiers, market.delisted)

    def __iter__(self) -> Iterator[str]:
        markets = self.venue.world.markets.values()
        return (self.names.name_of(market.base) for market in markets if not market.spot_only)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def rules(
    symbol: str,
    grid: tuple[Decimal, Decimal, Decimal, Decimal],
    tiers: tuple[Tier, ...],
    ends: int | None,
) -> Rules:
    tick, step, least, size = grid
    return Rules(
        symbol=symbol,
        tick=tick,
        step=step,
        min_notional=least,
        tiers=tiers,
        ends=ends,
        contract=size,
    )


def funding(venue: Venue, names: Names, symbol: str) -> list[tuple[int, Decimal]]:
    stamps = venue.funding(names.base_of(symbol))[-30:]
    return [(time, Decimal(str(rate))) for time, rate in stamps]


def open_ledger(venue: Venue, names: Names) -> Ledger:
    """An empty account over a venue's prices, time and funding."""
    return Ledger(
        clock=lambda: venue.now,
        quote=partial(quote, venue, names),
        rules=Contracts(venue, names),
        funding=partial(funding, venue, names),
        state=State(wallet=Decimal(0), funded=venue.now),
    )
