"""How Bybit's USDT perpetuals speak (API v5)."""

from tests.venues.bybit import crowd, prices, streams, words
from tests.venues.news import Query
from tests.venues.venue import Dialect, Venue


def time(venue: Venue, query: Query) -> object:
    seconds = venue.told // 1_000
    result = {"timeSecond": str(seconds), "timeNano": f"{venue.told}000000"}
    return words.enveloped(venue, result)


BYBIT = Dialect(
    name="bybit",
    hosts=("api.bybit.com", "api-demo.bybit.com", "stream.bybit.com"),
    routes={
        "/v5/market/time": time,
        "/v5/market/instruments-info": prices.instruments,
        "/v5/market/kline": prices.klines,
        "/v5/market/mark-price-kline": prices.priced_klines(lambda m: m.mark_premium),
        "/v5/market/index-price-kline": prices.priced_klines(lambda m: m.index_premium),
        "/v5/market/tickers": prices.tickers,
        "/v5/market/orderbook": prices.order_book,
        "/v5/market/recent-trade": prices.recent_trades,
        "/v5/market/funding/history": crowd.funding_history,
        "/v5/market/open-interest": crowd.open_interest,
        "/v5/market/account-ratio": crowd.account_ratio,
        "/v5/market/risk-limit": crowd.risk_limit,
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
        "liquidation": streams.liquidation,
    },
    snapshots=("kline", "ticker"),
)
