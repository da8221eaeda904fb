"""How Hyperliquid's perpetuals speak, in USDC."""

from tests.venues.answers import Answer, as_json
from tests.venues.faults import Http
from tests.venues.hyperliquid import info, streams
from tests.venues.venue import Dialect


def throttled(kind: Http, seconds: int, now: int) -> Answer:
    """A ban by address is a 403 here; 418 is Binance's alone."""
    retry = {"Retry-After": str(seconds)}
    return Answer(403 if kind is Http.BANNED else 429, "null", retry)


HYPERLIQUID = Dialect(
    name="hyperliquid",
    hosts=("api.hyperliquid.xyz",),
    routes={"/info": info.info},
    unknown=Answer(404, "", {}, "text/plain"),
    throttled=throttled,
    broken=as_json("null", 500),
    maintenance=Answer(502, "<html>Bad Gateway</html>", {}, "text/html"),
    hear=streams.hear,
    render={
        "kline": streams.kline,
        "ticker": streams.ticker,
        "mini": streams.all_mids,
        "depth": streams.depth,
        "trade": streams.trade,
    },
)
