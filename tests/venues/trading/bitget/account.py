"""Bitget's endpoints for money, positions, settings and the past."""

from decimal import Decimal

from tests.venues.trading import settings
from tests.venues.trading.bitget import accounts, told
from tests.venues.trading.bitget.asked import (
    Query,
    choice,
    decimal,
    isolated,
    number,
    page,
    symbol,
    wrong,
)
from tests.venues.trading.bitget.words import HOLDING
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

MONTH = 30 * 86_400_000
SWITCHED = Refusal("40920", "Position or order exists, the position mode cannot be switched")
SAME_LEVERAGE = Refusal("45054", "No change in leverage")


def balances(ledger: Ledger, query: Query) -> object:
    return [accounts.balance(ledger)]


def balance(ledger: Ledger, query: Query) -> object:
    return accounts.of_contract(ledger, symbol(ledger, query))


def positions(ledger: Ledger, query: Query) -> object:
    return [accounts.position(ledger, p) for p in ledger.held()]


def position(ledger: Ledger, query: Query) -> object:
    market = symbol(ledger, query)
    return [accounts.position(ledger, p) for p in ledger.held() if p.symbol == market]


def set_leverage(ledger: Ledger, query: Query) -> object:
    market, wanted = symbol(ledger, query), decimal(query, "leverage")
    if wanted % 1:
        raise wrong("leverage")
    if wanted == ledger.setting(market).leverage:
        raise SAME_LEVERAGE
    settings.set_leverage(ledger, market, int(wanted))
    return chosen(ledger, market) | {"crossMarginLeverage": str(wanted)}


def chosen(ledger: Ledger, market: str) -> told.Told:
    leverage = str(ledger.setting(market).leverage)
    return {
        "symbol": market,
        "marginCoin": "USDT",
        "longLeverage": leverage,
        "shortLeverage": leverage,
        "marginMode": told.mode(ledger, market),
    }


def set_margin_mode(ledger: Ledger, query: Query) -> object:
    """Refused while there is anything, even where nothing would change."""
    market, wanted = symbol(ledger, query), isolated(query)
    busy = ledger.open_orders(market) or ledger.open_algos(market)
    if busy or ledger.position(market).amount:
        raise HOLDING
    ledger.setting(market).isolated = wanted
    return chosen(ledger, market)


def set_position_mode(ledger: Ledger, query: Query) -> object:
    """For all contracts at once; likewise."""
    wanted = choice(query, "posMode", ("one_way_mode", "hedge_mode"))
    if ledger.open_orders() or ledger.open_algos() or ledger.held():
        raise SWITCHED
    ledger.state.hedged = wanted == "hedge_mode"
    return {"posMode": wanted}


def set_margin(ledger: Ledger, query: Query) -> object:
    """What is negative is taken back."""
    market = symbol(ledger, query)
    if ledger.setting(market).isolated and not ledger.position(market).amount:
        raise Refusal("40802", "Position is zero and direct margin call is not allowed")
    settings.move_margin(ledger, market, Decimal(decimal(query, "amount")))
    return ""


def bills(ledger: Ledger, query: Query) -> object:
    first, last = number(query, "startTime"), number(query, "endTime")
    if first is not None and (last or ledger.clock()) - first > MONTH:
        raise Refusal("40705", "The start and end time cannot exceed 30 days")
    kind, market = query.get("businessType"), query.get("symbol")
    fits = [
        one
        for one in accounts.bills(ledger)
        if kind in {None, "", one.business} and market in {None, "", one.symbol}
    ]
    shown = page(query, fits, lambda b: b.id, lambda b: b.time, usual=20)
    rows = [accounts.bill(one) for one in shown]
    return {"bills": rows, "endId": rows[-1]["billId"] if rows else None}
