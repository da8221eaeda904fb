"""Opening the fake OKX's floor: an account over the world's prices, time and funding.

floor = open_floor(venues["okx"], wallet=10_000)
client = venues.wire(ccxt.pro.okx({"apiKey": …, "secret": …, "password": floor.keys.passphrase}))
await client.create_order("BTC/USDT:USDT", "market", "buy", 10, None, {"marginMode": "isolated"})
floor.ledger.position(book_of("BTC-USDT-SWAP", "isolated"))   # in coins, not in contracts
"""

from decimal import Decimal

from tests.venues.okx.words import base_of, name_of
from tests.venues.trading.contracts import Names, open_ledger
from tests.venues.trading.ledger import Setting
from tests.venues.trading.okx.books import book_of, instrument_of
from tests.venues.trading.okx.floor import Floor
from tests.venues.trading.okx.signing import Keys
from tests.venues.venue import Venue

USUAL = 5  # leverage


def open_floor(venue: Venue, wallet: Decimal | int = 10_000, *, demo: bool = False) -> Floor:
    """Let an account trade on a venue of the fakes; the demo has keys of its own and a header."""
    names = Names(name_of, lambda book: base_of(instrument_of(book)))
    ledger = open_ledger(venue, names)
    ledger.state.usual = Setting(leverage=USUAL)
    for instrument in ledger.rules:
        apart = Setting(leverage=USUAL, isolated=True)
        ledger.state.settings[book_of(instrument, "isolated")] = apart
    floor = Floor(venue, ledger, keys=Keys(demo=demo))
    ledger.earn("TRANSFER", "", Decimal(wallet))
    ledger.ears.append(floor.news.append)
    venue.floor = floor
    return floor
