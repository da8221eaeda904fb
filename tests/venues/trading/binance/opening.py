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
from decimal import Decimal

from tests.venues.binance.words import base_of, name_of
from tests.venues.trading.binance.floor import Floor
from tests.venues.trading.contracts import Names, open_ledger
from tests.venues.venue import Venue


def open_floor(venue: Venue, wallet: Decimal | int = 10_000) -> Floor:
    """Let an account trade on a venue of the fakes."""
    ledger = open_ledger(venue, Names(name_of, base_of))
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
