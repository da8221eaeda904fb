"""OKX's names, bars and refusals; every answer is a code, a message and a list."""

from tests.venues.answers import Answer, Refused, as_json
from tests.venues.faults import Http
from tests.venues.news import Query
from tests.venues.series import DAY, MINUTE, WEEK
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market

SUFFIX = "-USDT-SWAP"
BARS = {
    **{f"{n}m": n * MINUTE for n in (1, 3, 5, 15, 30)},
    **{f"{n}H": n * HOUR for n in (1, 2, 4, 6, 12)},
    **{f"{n}Hutc": n * HOUR for n in (6, 12)},
    "1D": DAY,
    "1Dutc": DAY,
    "1W": WEEK,
    "1Wutc": WEEK,
}


def listed(rows: list[object]) -> dict[str, object]:
    return {"code": "0", "msg": "", "data": rows}


def error(code: str, words: str, status: int = 200, **headers: str) -> Answer:
    return as_json({"code": code, "msg": words, "data": []}, status, **headers)


UNKNOWN_PATH = error("404", "Not Found", 404)
BROKEN = error("50026", "System error. Try again later", 500)
MAINTENANCE = error("50001", "Service temporarily unavailable. Try again later", 503)
NO_INSTRUMENT = error("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.")


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """A ban by address is a 403 here; 418 is Binance's alone."""
    retry = {"Retry-After": str(seconds)}
    if kind is Http.BANNED:
        return Answer(403, "<html>Access denied</html>", retry, "text/html")
    return Answer(429, error("50011", "Rate limit reached. Please refer to API docs.").body, retry)


def name_of(base: str) -> str:
    return base + SUFFIX


def base_of(name: str) -> str:
    return name.removesuffix(SUFFIX) if name.endswith(SUFFIX) else ""


def wanted(venue: Venue, query: Query) -> Market:
    market = venue.market(base_of(query.get("instId", "")))
    if market is None:
        raise Refused(NO_INSTRUMENT)
    return market


def asked(venue: Venue, query: Query) -> list[Market]:
    """One swap or all of them; of other types there are none."""
    if query.get("instId"):
        return [wanted(venue, query)]
    return venue.listed() if query.get("instType", "SWAP") == "SWAP" else []


def width_of(query: Query, key: str, usual: str) -> int:
    bar = query.get(key, usual)
    if bar not in BARS:
        raise Refused(error("51000", f"Parameter {key} error"))
    return BARS[bar]


def limit(query: Query, usual: int, most: int) -> int:
    return min(int(query.get("limit") or usual), most)


def contracts(market: Market, coins: float) -> str:
    """Coins as a number of contracts, with no zeros at the end."""
    count = f"{coins / float(market.contracts['okx']):.2f}"
    return count.rstrip("0").rstrip(".")
