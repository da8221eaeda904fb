"""Binance's names, intervals and refusals."""

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

QUOTE = "USDT"
INTERVALS = {
    **{f"{n}m": n * MINUTE for n in (1, 3, 5, 15, 30)},
    **{f"{n}h": n * HOUR for n in (1, 2, 4, 6, 8, 12)},
    "1d": DAY,
    "3d": 3 * DAY,
    "1w": WEEK,
}
PERIODS = {
    name: INTERVALS[name] for name in ("5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d")
}


def error(code: int, words: str, status: int = 400, **headers: str) -> Answer:
    return as_json({"code": code, "msg": words}, status, **headers)


UNKNOWN_PATH = Answer(
    404, "<html><body><h2>404 Not found</h2></body></html>", content_type="text/html"
)
BROKEN = error(
    -1008,
    "Server is currently overloaded with other requests. Please try again in a few minutes.",
    503,
)
MAINTENANCE = error(-1016, "This service is no longer available.", 503)
INVALID_SYMBOL = error(-1121, "Invalid symbol.")
INVALID_INTERVAL = error(-1120, "Invalid interval.")


def missing(name: str) -> Answer:
    return error(
        -1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed."
    )


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    retry = {"Retry-After": str(seconds)}
    if kind is Http.BANNED:
        until = now + seconds * 1_000
        words = f"Way too many requests; IP(203.0.113.7) banned until {until}. "
        advice = "Please use the websocket for live updates to avoid bans."
        return Answer(418, error(-1003, words + advice).body, retry)
    words = "Too many requests; current limit is 2400 requests per minute. "
    advice = "Please use the websocket for live updates to avoid polling the API."
    return Answer(429, error(-1003, words + advice).body, retry)


def name_of(base: str) -> str:
    return base + QUOTE


def base_of(name: str) -> str:
    return name.removesuffix(QUOTE) if name.endswith(QUOTE) else ""


def wanted(venue: Venue, query: Query, key: str = "symbol") -> Market:
    """The market that a request is about."""
    if not query.get(key):
        raise Refused(missing(key))
    market = venue.market(base_of(query[key]))
    if market is None:
        raise Refused(INVALID_SYMBOL)
    return market


def interval(query: Query) -> int:
    if query.get("interval") not in INTERVALS:
        raise Refused(INVALID_INTERVAL)
    return INTERVALS[query["interval"]]


def limit(query: Query, usual: int, most: int) -> int:
    text = str(query.get("limit", usual))
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise Refused(error(-1130, "Data sent for parameter 'limit' is not valid."))
    return int(text)


def depth_limit(query: Query) -> int:
    text = str(query.get("limit", 500))
    if text not in {"5", "10", "20", "50", "100", "500", "1000"}:
        raise Refused(error(-4021, f"{text} is not valid depth limit."))
    return int(text)
