"""How Bitget's USDT futures speak (API v2)."""

from tests.venues.bitget import rest, streams, words
from tests.venues.news import Query
from tests.venues.venue import Dialect, Venue


def nothing(venue: Venue, query: Query) -> object:
    """What ccxt asks about spot markets, of which there are none."""
    return words.enveloped(venue, [])


def time(venue: Venue, query: Query) -> object:
    return words.enveloped(venue, {"serverTime": str(venue.told)})


BITGET = Dialect(
    name="bitget",
    hosts=("api.bitget.com", "ws.bitget.com"),
    routes={
        "/api/v2/public/time": time,
        "/api/v2/spot/public/coins": nothing,
        "/api/v2/spot/public/symbols": nothing,
        "/api/v2/margin/currencies": nothing,
        "/api/v2/mix/market/contracts": rest.contracts,
        "/api/v2/mix/market/candles": rest.candles(1000),
        "/api/v2/mix/market/history-candles": rest.candles(200),
        "/api/v2/mix/market/history-mark-candles": rest.candles(200, lambda m: m.mark_premium),
        "/api/v2/mix/market/history-index-candles": rest.candles(200, lambda m: m.index_premium),
        "/api/v2/mix/market/ticker": rest.tickers,
        "/api/v2/mix/market/tickers": rest.tickers,
        "/api/v2/mix/market/symbol-price": rest.symbol_price,
        "/api/v2/mix/market/current-fund-rate": rest.fund_rate,
        "/api/v2/mix/market/funding-time": rest.funding_time,
        "/api/v2/mix/market/history-fund-rate": rest.fund_history,
        "/api/v2/mix/market/open-interest": rest.open_interest,
        "/api/v2/mix/market/account-long-short": rest.long_short,
        "/api/v2/mix/market/merge-depth": rest.merge_depth,
        "/api/v2/mix/market/query-position-lever": rest.position_levers,
    },
    unknown=words.UNKNOWN_PATH,
    throttled=words.throttled,
    broken=words.BROKEN,
    maintenance=words.MAINTENANCE,
    hear=streams.hear,
    render={
        "kline": streams.kline,
        "ticker": streams.ticker,
        "depth": streams.depth,
        "trade": streams.trade,
    },
)
