"""Gate's USDT perpetuals over HTTP (API v4)."""

from tests.venues.answers import Refused
from tests.venues.book import Side
from tests.venues.gate.words import INTERVALS, contracts, error, limit, name_of, wanted
from tests.venues.news import Query
from tests.venues.series import OPEN, VOLUME
from tests.venues.spans import first_of, moments, number
from tests.venues.text import bare, places, plain
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market


def all_contracts(venue: Venue, query: Query) -> object:
    return [listing(venue, m) for m in venue.listed()] if query["settle"] == "usdt" else []


def one_contract(venue: Venue, query: Query) -> object:
    return listing(venue, wanted(venue, query["contract"]))


def listing(venue: Venue, market: Market) -> dict[str, object]:
    base = market.base
    return {
        "name": name_of(base),
        "type": "direct",
        "quanto_multiplier": bare(market.contracts["gate"]),
        "leverage_min": "1",
        "leverage_max": str(market.tiers[0].leverage),
        "maintenance_rate": bare(market.tiers[0].maintenance),
        "mark_type": "index",
        "mark_price": plain(venue.mark(base), 8),
        "index_price": plain(venue.index(base), 8),
        "last_price": plain(venue.price(base), places(market.tick)),
        "maker_fee_rate": "-0.00025",
        "taker_fee_rate": "0.00075",
        "order_price_round": bare(market.tick),
        "mark_price_round": bare(market.tick),
        "order_price_deviate": "0.5",
        "order_size_min": 1,
        "order_size_max": 1_000_000,
        "orders_limit": 50,
        "funding_rate": plain(market.next_rate, 6),
        "funding_rate_indicative": plain(market.next_rate, 6),
        "funding_interval": market.funding_hours * HOUR // 1000,
        "funding_next_apply": market.next_funding(venue.now) // 1000,
        "funding_offset": 0,
        "interest_rate": "0.0003",
        "position_size": contracts(market, market.open_interest(venue.now)),
        "trade_size": contracts(market, venue.day(base)["volume"]),
        "trade_id": market.trades[-1].id if market.trades else 0,
        "orderbook_id": venue.book(base).id,
        "in_delisting": market.delisted is not None,
        "enable_decimal": False,
        "status": "trading",
        "create_time": market.onboarded // 1000,
        "launch_time": market.onboarded // 1000,
        "config_change_time": market.onboarded // 1000,
    }


def candlesticks(venue: Venue, query: Query) -> object:
    """From and to are seconds, both included; a limit goes with none of them."""
    kind, _, plain_name = str(query["contract"]).partition("_")
    priced = kind in {"mark", "index"}
    market = wanted(venue, plain_name if priced else query["contract"])
    if query.get("interval", "5m") not in INTERVALS:
        raise Refused(error("INVALID_PARAM_VALUE", "Invalid interval"))
    start, end = number(query.get("from")), number(query.get("to"))
    edges = None if start is None else start * 1000, None if end is None else end * 1000
    width, count = INTERVALS[query.get("interval", "5m")], limit(query, 100, 2000)
    rows = first_of(venue, market.base, width, 2000 if start is not None else count, *edges)
    if priced:
        rows[:, OPEN:VOLUME] *= 1 + (
            market.mark_premium if kind == "mark" else market.index_premium
        )
    return [candle(market, row) for row in rows.tolist()]


def candle(market: Market, row: list[float]) -> dict[str, object]:
    """The volume counts contracts."""
    time, *prices, volume = row
    texts = [plain(price, places(market.tick)) for price in prices]
    value = plain(volume * (prices[1] + prices[2] + prices[3]) / 3, 4)
    shown = dict(zip(("o", "h", "l", "c"), texts, strict=True))
    return {"t": int(time) // 1000, "v": contracts(market, volume), **shown, "sum": value}


def tickers(venue: Venue, query: Query) -> object:
    asked = query.get("contract")
    shown = [wanted(venue, asked)] if asked else venue.listed()
    return [ticker(venue, market) for market in shown]


def ticker(venue: Venue, market: Market) -> dict[str, object]:
    base, digits, day = market.base, places(market.tick), venue.day(market.base)
    bid, ask = venue.spread(base)
    amount = contracts(market, float(market.step) * 10)
    return {
        "contract": name_of(base),
        "last": plain(day["last"], digits),
        "low_24h": plain(day["low"], digits),
        "high_24h": plain(day["high"], digits),
        "change_percentage": plain(100 * (day["last"] / day["open"] - 1), 2),
        "total_size": str(contracts(market, market.open_interest(venue.now))),
        "volume_24h": str(contracts(market, day["volume"])),
        "volume_24h_base": plain(day["volume"], 3),
        "volume_24h_quote": plain(day["value"], 0),
        "volume_24h_settle": plain(day["value"], 0),
        "mark_price": plain(venue.mark(base), 8),
        "funding_rate": plain(market.next_rate, 6),
        "funding_rate_indicative": plain(market.next_rate, 6),
        "index_price": plain(venue.index(base), 8),
        "quanto_base_rate": "",
        "lowest_ask": plain(ask, digits),
        "lowest_size": str(amount),
        "highest_bid": plain(bid, digits),
        "highest_size": str(amount),
    }


def funding_rate(venue: Venue, query: Query) -> object:
    """Newest first."""
    market = wanted(venue, query["contract"])
    start, end = number(query.get("from")) or 0, number(query.get("to"))
    stop = venue.now if end is None else end * 1000
    stamps = [s for s in venue.funding(market.base) if start * 1000 <= s[0] <= stop]
    shown = stamps[-limit(query, 100, 1000) :][::-1]
    return [{"r": plain(rate, 8), "t": time // 1000} for time, rate in shown]


def contract_stats(venue: Venue, query: Query) -> object:
    market, start = wanted(venue, query["contract"]), number(query.get("from"))
    width = INTERVALS.get(query.get("interval", "5m"), INTERVALS["5m"])
    first = None if start is None else start * 1000
    rows = []
    for time in moments(venue, width, limit(query, 30, 100), first, None):
        coins, share = market.open_interest(time), market.long_share(time)
        price = market.price(time) * venue.factor(market.base)
        rows.append(
            {
                "time": time // 1000,
                "lsr_taker": share / (1 - share),
                "lsr_account": share / (1 - share),
                "open_interest": contracts(market, coins),
                "open_interest_usd": coins * price,
                "mark_price": price,
            }
        )
    return rows


def order_book(venue: Venue, query: Query) -> object:
    market = wanted(venue, query["contract"])
    book, count = venue.book(market.base), limit(query, 10, 300)
    sides = {
        "asks": written(book.asks, market)[:count],
        "bids": written(book.bids, market)[:count],
    }
    now = venue.told / 1000
    return {"id": book.id, "current": now, "update": now, **sides}


def written(side: Side, market: Market) -> list[dict[str, object]]:
    digits = places(market.tick)
    return [{"s": contracts(market, a), "p": plain(p, digits)} for p, a in side.items()]


def trades(venue: Venue, query: Query) -> object:
    market = wanted(venue, query["contract"])
    digits, factor = places(market.tick), venue.factor(market.base)
    return [
        {
            "id": t.id,
            "create_time": t.time / 1000,
            "create_time_ms": t.time / 1000,
            "contract": name_of(market.base),
            "size": contracts(market, t.amount) * (1 if t.buyer_took else -1),
            "price": plain(t.price * factor, digits),
        }
        for t in list(market.trades)[-limit(query, 100, 1000) :][::-1]
    ]


def risk_limit_tiers(venue: Venue, query: Query) -> object:
    asked = query.get("contract")
    return [
        {
            "tier": place,
            "risk_limit": str(tier.cap),
            "initial_rate": plain(1 / tier.leverage, 4),
            "maintenance_rate": bare(tier.maintenance),
            "leverage_max": str(tier.leverage),
            "contract": name_of(market.base),
            "deduction": "0",
        }
        for market in ([wanted(venue, asked)] if asked else venue.listed())
        for place, tier in enumerate(market.tiers, start=1)
    ]
