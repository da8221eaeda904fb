"""Opening the fake Bybit's floor: a unified account over the world's prices, time and funding.

floor = open_floor(venues["bybit"], wallet=10_000)
client = venues.wire(ccxt.pro.bybit({"apiKey": floor.keys.key, "secret": floor.keys.secret, …}))
await client.create_order("BTC/USDT:USDT", "market", "buy", 0.1, None, {"clientOrderId": "a1"})
floor.ledger.state.latency = 200                       # the engine looks at orders that much later
with floor.begin(Mishap.UNKNOWN, "POST /v5/order/create?") as accident: ...
"""

from decimal import Decimal

from tests.venues.bybit.words import base_of, name_of
from tests.venues.trading.bybit.floor import Floor
from tests.venues.trading.bybit.signing import Keys
from tests.venues.trading.contracts import Names, open_ledger
from tests.venues.trading.ledger import Setting
from tests.venues.venue import Venue

MOST_CONDITIONAL = 10


def open_floor(venue: Venue, wallet: Decimal | int = 10_000, *, demo: bool = False) -> Floor:
    """Let an account trade on a venue of the fakes; a demo account has a host of its own."""
    ledger = open_ledger(venue, Names(name_of, base_of))
    ledger.taker, ledger.maker = Decimal("0.00055"), Decimal("0.0002")
    ledger.lasting, ledger.most_algos = True, MOST_CONDITIONAL
    ledger.state.usual = Setting(leverage=10)
    floor = Floor(venue, ledger, keys=Keys(demo=demo))
    ledger.earn("TRANSFER", "", Decimal(wallet))
    ledger.ears.append(floor.news.append)
    venue.floor = floor
    return floor
