"""Opening the fake Binance's floor: an account over the world's prices, time and funding.

floor = open_floor(venues["binance"], wallet=10_000)
client = venues.wire(ccxt.pro.binanceusdm({"apiKey": floor.keys.key, "secret": floor.keys.secret}))
client.milliseconds = venues.world.clock              # or a world whose clock is the real one
await client.create_order("BTC/USDT:USDT", "market", "buy", 0.1, None, {"clientOrderId": "a1"})
await venues.trade("BTC", 49_000.0)                   # fills, triggers, liquidates
floor.ledger.position("BTCUSDT")                      # the truth, for an observer
floor.ledger.state.liquidity["BTCUSDT"] = Decimal("0.03")  # a thin market
with floor.begin(Mishap.UNHEARD, "POST /fapi/v1/order?") as accident: ...
accident.struck, floor.accidents.counts               # what really happened
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from tests.venues.binance.words import base_of, name_of
from tests.venues.trading.binance.floor import Floor
from tests.venues.trading.ledger import Ledger, State
from tests.venues.trading.rules import Quote, Rules
from tests.venues.venue import Venue
from tests.venues.world import Tier


def quote(venue: Venue, symbol: str) -> Quote:
    base = base_of(symbol)
    tick = venue.world[base].tick
    last = Decimal(venue.price(base)).quantize(tick)
    mark = Decimal(venue.mark(base)).quantize(Decimal("0.00000001"))
    return Quote(last, mark, last - tick, last + tick)


@dataclass(frozen=True, slots=True)
class Contracts(Mapping[str, Rules]):
    """The venue's contracts by name; delivered ones stay, for somebody may hold them."""

    venue: Venue

    def __getitem__(self, symbol: str) -> Rules:
        market = self.venue.world.markets[base_of(symbol)]
        if market.spot_only:
            raise KeyError(symbol)
        return rules(
            symbol, market.tick, market.step, market.min_notional, market.tiers, market.delisted
        )

    def __iter__(self) -> Iterator[str]:
        markets = self.venue.world.markets.values()
        return (name_of(market.base) for market in markets if not market.spot_only)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def rules(
    symbol: str,
    tick: Decimal,
    step: Decimal,
    min_notional: Decimal,
    tiers: tuple[Tier, ...],
    ends: int | None,
) -> Rules:
    return Rules(
        symbol=symbol, tick=tick, step=step, min_notional=min_notional, tiers=tiers, ends=ends
    )


def funding(venue: Venue, symbol: str) -> list[tuple[int, Decimal]]:
    return [(time, Decimal(str(rate))) for time, rate in venue.funding(base_of(symbol))[-30:]]


def open_floor(venue: Venue, wallet: Decimal | int = 10_000) -> Floor:
    """Let an account trade on a venue of the fakes."""
    ledger = Ledger(
        clock=lambda: venue.now,
        quote=partial(quote, venue),
        rules=Contracts(venue),
        funding=partial(funding, venue),
        state=State(wallet=Decimal(0), funded=venue.now),
    )
    floor = Floor(venue, ledger)
    ledger.earn("TRANSFER", "", Decimal(wallet))
    ledger.ears.append(floor.news.append)
    venue.floor = floor
    return floor


async def listens(floor: Floor) -> None:
    """Wait until somebody hears of the account."""
    for _ in range(400):
        if floor.listening.connections:
            return
        await asyncio.sleep(0.005)
    raise TimeoutError("nobody listens")
