"""How OKX's USDT swaps speak (API v5); amounts are contracts."""

from tests.venues.okx import crowd, prices, streams, words
from tests.venues.venue import Dialect

OKX = Dialect(
    name="okx",
    hosts=("www.okx.com", "ws.okx.com"),
    routes={
        "/api/v5/public/time": lambda venue, query: words.listed([{"ts": str(venue.told)}]),
        "/api/v5/public/instruments": prices.instruments,
        "/api/v5/market/candles": prices.candles,
        "/api/v5/market/history-candles": prices.history_candles,
        "/api/v5/market/mark-price-candles": prices.mark_candles,
        "/api/v5/market/history-mark-price-candles": prices.mark_candles,
        "/api/v5/market/ticker": prices.tickers,
        "/api/v5/market/tickers": prices.tickers,
        "/api/v5/market/books": prices.order_book,
        "/api/v5/market/trades": prices.recent_trades,
        "/api/v5/public/mark-price": prices.mark_prices,
        "/api/v5/public/funding-rate": crowd.funding_rate,
        "/api/v5/public/funding-rate-history": crowd.funding_history,
        "/api/v5/public/open-interest": crowd.open_interest,
        "/api/v5/public/position-tiers": crowd.position_tiers,
        "/api/v5/rubik/stat/contracts/open-interest-history": crowd.interest_history,
        "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract": crowd.long_short_ratio,
    },
    unknown=words.UNKNOWN_PATH,
    throttled=words.throttled,
    broken=words.BROKEN,
    maintenance=words.MAINTENANCE,
    hear=streams.hear,
    render={
        "kline": streams.kline,
        "ticker": streams.ticker,
        "mark": streams.mark,
        "funding": streams.funding,
        "interest": streams.interest,
        "depth": streams.depth,
        "trade": streams.trade,
        "liquidation": streams.liquidation,
    },
    snapshots=("kline", "ticker", "mark", "funding", "interest"),
)
