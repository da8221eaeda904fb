"""Opening the fake Binance's floor: an account over the world's prices, time and funding."""

import asyncio
from decimal import Decimal
from functools import partial

from tests.venues.binance.words import base_of, name_of
from tests.venues.trading.binance.floor import Floor
from tests.venues.trading.ledger import Ledger, State
from tests.venues.trading.rules import Quote, Rules
from tests.venues.venue import Venue


def quote(venue: Venue, symbol: str) -> Quote:
    base = base_of(symbol)
    tick = venue.world[base].tick
    last = Decimal(venue.price(base)).quantize(tick)
    mark = Decimal(venue.mark(base)).quantize(Decimal("0.00000001"))
    return Quote(last, mark, last - tick, last + tick)


def listed(venue: Venue) -> dict[str, Rules]:
    return {
        name_of(m.base): Rules(
            symbol=name_of(m.base),
            tick=m.tick,
            step=m.step,
            min_notional=m.min_notional,
            tiers=m.tiers,
            ends=m.delisted,
        )
        for m in venue.world.markets.values()
        if not m.spot_only
    }


def funding(venue: Venue, symbol: str) -> list[tuple[int, Decimal]]:
    return [(time, Decimal(str(rate))) for time, rate in venue.funding(base_of(symbol))[-30:]]


def open_floor(venue: Venue, wallet: Decimal | int = 10_000) -> Floor:
    """Let an account trade on a venue of the fakes."""
    ledger = Ledger(
        clock=lambda: venue.now,
        quote=partial(quote, venue),
        rules=partial(listed, venue),
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
