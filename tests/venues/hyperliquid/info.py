"""Hyperliquid over HTTP: one address, and the body says what is wanted."""

from collections.abc import Callable

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.book import Side
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE
from tests.venues.spans import last_of, number
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

INTERVALS = {
    **{f"{n}m": n * MINUTE for n in (1, 3, 5, 15, 30)},
    **{f"{n}h": n * HOUR for n in (1, 2, 4, 8, 12)},
    "1d": DAY,
    "3d": 3 * DAY,
    "1w": 7 * DAY,
}
BAD_BODY = Answer(
    422, "Failed to deserialize the JSON body into the target type", {}, "text/plain"
)


def info(venue: Venue, query: Query) -> object:
    kind = query.get("type")
    if kind not in KINDS:
        raise Refused(BAD_BODY)
    return KINDS[kind](venue, query)


def wanted(venue: Venue, coin: object) -> Market:
    market = venue.market(str(coin))
    if market is None:
        raise Refused(as_json("null", 500))
    return market


def meta_and_contexts(venue: Venue, query: Query) -> object:
    markets = venue.listed()
    universe = [
        {
            "name": m.base,
            "szDecimals": places(m.step),
            "maxLeverage": min(m.tiers[0].leverage, 50),
            "marginTableId": 50,
        }
        for m in markets
    ]
    meta = {"universe": universe, "marginTables": [], "collateralToken": 0}
    return [meta, [context(venue, m) for m in markets]]


def context(venue: Venue, market: Market) -> dict[str, object]:
    base, day = market.base, venue.day(market.base)
    bid, ask = venue.spread(base)
    return {
        "funding": plain(market.next_rate, 10),
        "openInterest": plain(market.open_interest(venue.now), places(market.step)),
        "prevDayPx": short(day["open"], market),
        "dayNtlVlm": plain(day["value"], 4),
        "premium": plain(market.mark_premium, 10),
        "oraclePx": short(venue.index(base), market),
        "markPx": plain(venue.mark(base), places(market.tick) + 4),
        "midPx": short(day["last"], market),
        "impactPxs": [short(bid, market), short(ask, market)],
        "dayBaseVlm": plain(day["volume"], places(market.step)),
    }


def short(price: float, market: Market) -> str:
    return plain(price, places(market.tick))


def spot_meta(venue: Venue, query: Query) -> object:
    """Nothing but the dollar that everything is settled in."""
    usdc = {"name": "USDC", "szDecimals": 8, "weiDecimals": 8, "index": 0, "isCanonical": True}
    return {"tokens": [usdc | {"tokenId": "0x0", "fullName": None}], "universe": []}


def candles(venue: Venue, query: Query) -> object:
    """The last 5,000 of a range."""
    asked = query["req"]
    market, width = wanted(venue, asked["coin"]), INTERVALS.get(asked["interval"])
    if width is None:
        raise Refused(BAD_BODY)
    edges = number(asked["startTime"]) or 0, number(asked.get("endTime")) or venue.now
    rows = last_of(venue, market.base, width, 5_000, *edges)
    return [candle(market, row, width, asked["interval"]) for row in rows.tolist()]


def candle(market: Market, row: list[float], width: int, interval: str) -> dict[str, object]:
    time, *prices, volume = row
    shown = dict(zip(("o", "h", "l", "c"), (short(p, market) for p in prices), strict=True))
    names = {"s": market.base, "i": interval}
    closes = {"t": int(time), "T": int(time) + width - 1}
    return (
        closes | names | shown | {"v": plain(volume, places(market.step)), "n": int(volume * 10)}
    )


def funding_history(venue: Venue, query: Query) -> object:
    """From a start on, oldest first, 500 at most."""
    market = wanted(venue, query["coin"])
    start, end = int(query["startTime"]), number(query.get("endTime")) or venue.now
    stamps = [s for s in venue.funding(market.base) if start <= s[0] <= end][:500]
    return [
        {"coin": market.base, "fundingRate": plain(rate, 8), "premium": "0.0", "time": time}
        for time, rate in stamps
    ]


def book(venue: Venue, query: Query) -> object:
    return levels(venue, wanted(venue, query["coin"]))


def levels(venue: Venue, market: Market) -> dict[str, object]:
    whole = venue.book(market.base)
    sides = [written(side, market) for side in (whole.bids, whole.asks)]
    return {"coin": market.base, "time": venue.told, "levels": sides}


def written(side: Side, market: Market) -> list[dict[str, object]]:
    size = places(market.step)
    return [
        {"px": short(price, market), "sz": plain(amount, size), "n": 1}
        for price, amount in list(side.items())[:20]
    ]


KINDS: dict[object, Callable[[Venue, Query], object]] = {
    "exchangeStatus": lambda venue, query: {"time": venue.told, "specialStatuses": None},
    "meta": lambda venue, query: meta_and_contexts(venue, query)[0],
    "metaAndAssetCtxs": meta_and_contexts,
    "spotMeta": spot_meta,
    "spotMetaAndAssetCtxs": lambda venue, query: [spot_meta(venue, query), []],
    "perpDexs": lambda venue, query: [None],
    "candleSnapshot": candles,
    "fundingHistory": funding_history,
    "l2Book": book,
    "allMids": lambda venue, query: mids(venue),
}


def mids(venue: Venue) -> dict[str, str]:
    return {market.base: short(venue.price(market.base), market) for market in venue.listed()}
