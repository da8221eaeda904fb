"""How Gate's USDT perpetuals speak (API v4); amounts are contracts."""

from tests.venues.gate import rest, streams, words
from tests.venues.news import Query
from tests.venues.venue import Dialect, Venue


def nothing(venue: Venue, query: Query) -> object:
    """What ccxt asks about other markets, of which there are none."""
    return []


FUTURES = "/api/v4/futures/{settle}"
GATE = Dialect(
    name="gate",
    hosts=("api.gateio.ws", "fx-ws.gateio.ws"),
    routes={
        "/api/v4/spot/time": lambda venue, query: {"server_time": venue.told},
        "/api/v4/spot/currencies": nothing,
        "/api/v4/spot/currency_pairs": nothing,
        "/api/v4/margin/currency_pairs": nothing,
        "/api/v4/options/underlyings": nothing,
        "/api/v4/delivery/{settle}/contracts": nothing,
        f"{FUTURES}/contracts": rest.all_contracts,
        f"{FUTURES}/contracts/{{contract}}": rest.one_contract,
        f"{FUTURES}/candlesticks": rest.candlesticks,
        f"{FUTURES}/tickers": rest.tickers,
        f"{FUTURES}/funding_rate": rest.funding_rate,
        f"{FUTURES}/contract_stats": rest.contract_stats,
        f"{FUTURES}/order_book": rest.order_book,
        f"{FUTURES}/trades": rest.trades,
        f"{FUTURES}/risk_limit_tiers": rest.risk_limit_tiers,
    },
    unknown=words.UNKNOWN_PATH,
    throttled=words.throttled,
    broken=words.BROKEN,
    maintenance=words.MAINTENANCE,
    hear=streams.hear,
    render={
        "kline": streams.kline,
        "ticker": streams.ticker,
        "book": streams.book,
        "depth": streams.depth,
        "trade": streams.trade,
    },
    snapshots=("kline", "ticker", "book"),
)
