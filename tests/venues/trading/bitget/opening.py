"""Opening the fake Bitget's floor: an account over the world's prices, time and funding.

floor = open_floor(venues["bitget"], wallet=10_000)
client = venues.wire(ccxt.pro.bitget(floor.keys.credentials))
client.milliseconds = venues.world.clock              # or a world whose clock is the real one
mine = {"marginMode": "isolated", "clientOrderId": "a1"}   # ccxt says crossed if nothing is said
await client.create_order("BTC/USDT:USDT", "market", "buy", 0.1, None, mine)
await venues.trade("BTC", 49_000.0)                   # fills, triggers, liquidates
floor.ledger.position("BTCUSDT")                      # the truth, for an observer
with floor.begin(Mishap.UNHEARD, "place-order") as accident: ...
"""

from decimal import Decimal

from tests.venues.bitget.words import QUOTE, name_of
from tests.venues.trading.bitget.floor import Floor
from tests.venues.trading.contracts import Names, open_ledger
from tests.venues.venue import Venue

TAKER, MAKER = Decimal("0.0006"), Decimal("0.0002")


def base_of(symbol: str) -> str:
    return symbol.removesuffix(QUOTE)


def open_floor(venue: Venue, wallet: Decimal | int = 10_000) -> Floor:
    """Let an account trade on a venue of the fakes."""
    ledger = open_ledger(venue, Names(name_of, base_of))
    ledger.taker, ledger.maker = TAKER, MAKER
    ledger.earn("TRANSFER", "", Decimal(wallet))
    venue.floor = floor = Floor(venue, ledger)
    return floor
