"""Bybit's names, intervals and refusals; every answer comes in the same envelope."""

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

QUOTE = "USDT"
INTERVALS = {
    **{str(n): n * MINUTE for n in (1, 3, 5, 15, 30, 60, 120, 240, 360, 720)},
    "D": DAY,
    "W": WEEK,
}
PERIODS = {
    "5min": 5 * MINUTE,
    "15min": 15 * MINUTE,
    "30min": 30 * MINUTE,
    "1h": HOUR,
    "4h": 4 * HOUR,
    "1d": DAY,
}
UNKNOWN_PATH = Answer(404, "")


def enveloped(venue: Venue, result: dict[str, object]) -> dict[str, object]:
    return {
        "retCode": 0,
        "retMsg": "OK",
        "result": result,
        "retExtInfo": {},
        "time": venue.told,
    }


def error(code: int, words: str, status: int = 200, **headers: str) -> Answer:
    body = {"retCode": code, "retMsg": words, "result": {}, "retExtInfo": {}, "time": 0}
    return as_json(body, status, **headers)


BROKEN = error(10016, "Internal server error.", 503)
MAINTENANCE = error(10019, "Service is restarting.", 503)


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """A ban by address is a 403 here; 418 is Binance's alone."""
    if kind is Http.BANNED:
        return Answer(403, "access too frequent", {"Retry-After": str(seconds)}, "text/plain")
    body = error(10006, "Too many visits. Exceeded the API Rate Limit.").body
    reset = {"X-Bapi-Limit-Reset-Timestamp": str(now + seconds * 1_000)}
    return Answer(429, body, {"Retry-After": str(seconds)} | reset)


def name_of(base: str) -> str:
    return base + QUOTE


def base_of(name: str) -> str:
    return name.removesuffix(QUOTE) if name.endswith(QUOTE) else ""


def wanted(venue: Venue, query: Query) -> Market:
    market = venue.market(base_of(query.get("symbol", "")))
    if market is None or query.get("category", "linear") != "linear":
        raise Refused(error(10001, "Not supported symbols"))
    return market


def asked(venue: Venue, query: Query) -> list[Market]:
    """One market or all; there are none but linear ones."""
    if query.get("category") != "linear":
        return []
    return [wanted(venue, query)] if query.get("symbol") else venue.listed()


def limit(query: Query, usual: int, most: int) -> int:
    return min(int(query.get("limit") or usual), most)
