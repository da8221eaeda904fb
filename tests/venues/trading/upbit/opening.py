"""Opening the fake Upbit's floor: a spot account over the world's prices, in won.

floor = open_floor(venues["upbit"], wallet=100_000_000)
client = venues.wire(ccxt.pro.upbit(floor.keys.credentials))
mine = {"cost": 1_000_000, "clientOrderId": "a1"}     # for so much won
await client.create_order("BTC/KRW", "market", "buy", None, None, mine)
await client.privateGetOrder({"identifier": "a1"})    # never fetch_order(None): uuid=None prevails
await venues.trade("BTC", 49_000.0)                   # the world trades in dollars
floor.ledger.purse("BTC")                             # the truth, for an observer
with floor.begin(Mishap.UNHEARD, "POST /v1/orders?") as accident: ...
"""

from decimal import Decimal
from functools import partial

from tests.venues.korea.words import PREFIX, name_of
from tests.venues.trading.upbit.account import WON, Account, Quote
from tests.venues.trading.upbit.dealing import deposit
from tests.venues.trading.upbit.floor import Floor
from tests.venues.trading.upbit.units import on_grid, unit_of
from tests.venues.venue import Venue


def quote(venue: Venue, market: str) -> Quote:
    """One unit to either side of the last price."""
    last = on_grid(Decimal(str(venue.price(market.removeprefix(PREFIX)))))
    unit = unit_of(last)
    return Quote(last, last - unit, last + unit)


def markets(venue: Venue) -> set[str]:
    return {name_of(market.base) for market in venue.listed()}


def open_floor(venue: Venue, wallet: Decimal | int = 100_000_000) -> Floor:
    """Let an account trade on a venue of the fakes."""
    account = Account(
        clock=lambda: venue.now, quote=partial(quote, venue), markets=partial(markets, venue)
    )
    deposit(account, WON, Decimal(wallet))
    venue.floor = floor = Floor(venue, account)
    return floor
