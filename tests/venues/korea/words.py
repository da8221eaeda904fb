"""The names and refusals of Upbit, which Bithumb took over with its second API."""

from datetime import UTC, datetime, timedelta

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import Market

PREFIX = "KRW-"
UNITS = {str(n): n * MINUTE for n in (1, 3, 5, 10, 15, 30, 60, 240)}
SPANS = {"days": DAY, "weeks": WEEK}
SEOUL = timedelta(hours=9)


def error(name: object, words: str, status: int, **headers: str) -> Answer:
    return as_json({"error": {"name": name, "message": words}}, status, **headers)


UNKNOWN_PATH = error("not_found", "Not Found", 404)
BROKEN = error("server_error", "Internal server error", 500)
MAINTENANCE = error("server_maintenance", "서버 점검 중입니다.", 503)
NO_MARKET = error(404, "Code not found", 404)


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """Upbit blocks with 418 as Binance does."""
    status = 418 if kind is Http.BANNED else 429
    words = f"Blocked for {seconds} seconds" if status == 418 else "Too many API requests."
    body = error("too_many_requests", words, status).body
    return Answer(status, body, {"Retry-After": str(seconds)})


def name_of(base: str) -> str:
    return PREFIX + base


def wanted(venue: Venue, name: object) -> Market:
    base = str(name).removeprefix(PREFIX)
    market = venue.market(base) if str(name).startswith(PREFIX) else None
    if market is None:
        raise Refused(NO_MARKET)
    return market


def named(venue: Venue, query: Query) -> list[Market]:
    return [wanted(venue, name) for name in str(query.get("markets", "")).split(",")]


def moment(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def clock(milliseconds: float, shift: timedelta = timedelta()) -> str:
    return f"{moment(milliseconds) + shift:%Y-%m-%dT%H:%M:%S}"


def count(query: Query, usual: int) -> int:
    return min(int(query.get("count") or usual), 200)
