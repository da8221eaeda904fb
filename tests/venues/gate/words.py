"""Gate's names, intervals and refusals; times are seconds, amounts whole contracts."""

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

SUFFIX = "_USDT"
INTERVALS = {
    **{f"{n}m": n * MINUTE for n in (1, 5, 15, 30)},
    **{f"{n}h": n * HOUR for n in (1, 2, 4, 6, 8, 12)},
    "1d": DAY,
    "7d": WEEK,
    "1w": WEEK,
}


def error(label: str, words: str, status: int = 400, **headers: str) -> Answer:
    return as_json({"label": label, "message": words}, status, **headers)


UNKNOWN_PATH = error("NOT_FOUND", "not found", 404)
BROKEN = error("INTERNAL", "Internal server error", 500)
MAINTENANCE = error("SERVER_ERROR", "System is under maintenance", 503)
NO_CONTRACT = error("CONTRACT_NOT_FOUND", "contract not found")


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """A ban by address is a 403 here; 418 is Binance's alone."""
    retry = {"Retry-After": str(seconds), "X-Gate-Ratelimit-Reset-Timestamp": str(now // 1000)}
    if kind is Http.BANNED:
        return Answer(403, "<html>Forbidden</html>", retry, "text/html")
    body = error("TOO_MANY_REQUESTS", "Request Rate limit Exceeded (309489)").body
    return Answer(429, body, retry)


def name_of(base: str) -> str:
    return base + SUFFIX


def wanted(venue: Venue, name: object) -> Market:
    text = str(name)
    market = venue.market(text.removesuffix(SUFFIX)) if text.endswith(SUFFIX) else None
    if market is None:
        raise Refused(NO_CONTRACT)
    return market


def limit(query: Query, usual: int, most: int) -> int:
    return min(int(query.get("limit") or usual), most)


def contracts(market: Market, coins: float) -> int:
    return round(coins / float(market.contracts["gate"]))
