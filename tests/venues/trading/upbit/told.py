"""Orders, trades and balances as Upbit writes them."""

from dataclasses import replace

from tests.venues.korea.words import SEOUL, clock
from tests.venues.text import bare
from tests.venues.trading.orders import ZERO, Side
from tests.venues.trading.upbit.account import WON, Account, Order, Purse, Trade

Told = dict[str, object]


def seoul(time: int) -> str:
    return f"{clock(time, SEOUL)}+09:00"


def side(one: Side) -> str:
    return "bid" if one is Side.BUY else "ask"


def order(one: Order) -> Told:
    """What buys for won has no volume, and nothing remains of it; what sells at the market no price."""
    asked, spends = one.asked, one.asked.spends
    return {
        "uuid": one.uuid,
        "side": side(asked.side),
        "ord_type": asked.kind,
        "price": bare(asked.price) if asked.price is not None else None,
        "state": one.state,
        "market": asked.market,
        "created_at": seoul(one.created),
        "volume": None if spends else bare(asked.volume or ZERO),
        "remaining_volume": None if spends else bare(one.rest),
        "reserved_fee": bare(one.reserved_fee),
        "remaining_fee": bare(max(one.reserved_fee - one.paid, ZERO)),
        "paid_fee": bare(one.paid),
        "locked": bare(one.locked),
        "executed_volume": bare(one.filled),
        "prevented_volume": "0",
        "prevented_locked": "0",
        "trades_count": len(one.trades),
        **({"time_in_force": asked.tif} if asked.tif else {}),
        **({"identifier": asked.identifier} if asked.identifier else {}),
    }


def taken(one: Order) -> Told:
    """As it was when it came into the book: nothing has happened yet."""
    fresh = replace(one, state="wait", trades=[], locked=one.bound)
    return order(fresh)


def listed(one: Order) -> Told:
    return order(one) | {"executed_funds": bare(one.funds)}


def whole(one: Order) -> Told:
    """The only place where fills are told."""
    return order(one) | {"trades": [trade(one, t) for t in one.trades]}


def trade(one: Order, made: Trade) -> Told:
    return {
        "market": one.asked.market,
        "uuid": made.id,
        "price": bare(made.price),
        "volume": bare(made.volume),
        "funds": bare(made.funds),
        "trend": "up" if one.asked.side is Side.BUY else "down",
        "created_at": seoul(made.time),
        "side": side(one.asked.side),
    }


def purse(currency: str, one: Purse) -> Told:
    return {
        "currency": currency,
        "balance": bare(one.free),
        "locked": bare(one.locked),
        "avg_buy_price": bare(one.average),
        "avg_buy_price_modified": currency == WON,
        "unit_currency": WON,
    }


def chance(account: Account, market: str) -> Told:
    """What may be ordered of one coin, and with what."""
    coin, fee = market.partition("-")[2], bare(account.fee)
    kinds = ["limit", "best_fok", "best_ioc", "limit_fok", "limit_ioc"]
    least = {"price_unit": None, "min_total": "5000"}
    fees = dict.fromkeys(("bid_fee", "ask_fee", "maker_bid_fee", "maker_ask_fee"), fee)
    return fees | {
        "market": {
            "id": market,
            "name": f"{coin}/{WON}",
            "order_types": [],
            "order_sides": ["ask", "bid"],
            "bid_types": [*kinds, "price"],
            "ask_types": [*kinds, "market"],
            "bid": {"currency": WON, **least},
            "ask": {"currency": coin, **least},
            "max_total": "1000000000",
            "state": "active",
        },
        "bid_account": purse(WON, account.purse(WON)),
        "ask_account": purse(coin, account.purse(coin)),
    }
