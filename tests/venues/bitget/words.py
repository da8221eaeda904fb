"""Bitget's names, intervals and refusals."""

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

PRODUCT = "USDT-FUTURES"
QUOTE = "USDT"
INTERVALS = {
    **{f"{n}m": n * MINUTE for n in (1, 3, 5, 15, 30)},
    **{f"{n}H": n * HOUR for n in (1, 4, 6, 12)},
    **{f"{n}Hutc": n * HOUR for n in (6, 12)},
    "1D": DAY,
    "1Dutc": DAY,
    "1W": WEEK,
    "1Wutc": WEEK,
}
PERIODS = {"5m": 5 * MINUTE, "15m": 15 * MINUTE, "1h": HOUR, "4h": 4 * HOUR, "1d": DAY}


def enveloped(venue: Venue, data: object) -> dict[str, object]:
    return {"code": "00000", "msg": "success", "requestTime": venue.told, "data": data}


def error(code: str, words: str, status: int = 400, **headers: str) -> Answer:
    body = {"code": code, "msg": words, "requestTime": 0, "data": None}
    return as_json(body, status, **headers)


UNKNOWN_PATH = error("40404", "Request URL NOT FOUND", 404)
BROKEN = error("40604", "Server is busy, please try again later", 500)
MAINTENANCE = error("40200", "Server upgrade, please try again later", 503)


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """A ban by address is a 403 here; 418 is Binance's alone."""
    retry = {"Retry-After": str(seconds)}
    if kind is Http.BANNED:
        return Answer(403, "<html>Forbidden</html>", retry, "text/html")
    return Answer(429, error("429", "Too Many Requests").body, retry)


def name_of(base: str) -> str:
    return base + QUOTE


def wanted(venue: Venue, query: Query) -> Market:
    name = str(query.get("symbol", ""))
    market = venue.market(name.removesuffix(QUOTE)) if name.endswith(QUOTE) else None
    if market is None or query.get("productType", PRODUCT).upper() != PRODUCT:
        raise Refused(error("40309", "The contract has been removed"))
    return market


def limit(query: Query, usual: int, most: int, key: str = "limit") -> int:
    return min(int(query.get(key) or usual), most)
