"""How Binance's USDT-margined futures speak."""

from tests.venues.binance import crowd, instruments, prices, streams, words
from tests.venues.venue import Dialect

ROUTES = {
    "/fapi/v1/ping": lambda venue, query: {},
    "/fapi/v1/time": lambda venue, query: {"serverTime": venue.told},
    "/fapi/v1/exchangeInfo": instruments.exchange_info,
    "/fapi/v1/leverageBracket": instruments.leverage_brackets,
    "/sapi/v1/capital/config/getall": lambda venue, query: [],  # asked when ccxt holds a key
    "/sapi/v1/margin/allPairs": lambda venue, query: [],
    "/fapi/v1/klines": prices.klines,
    "/fapi/v1/markPriceKlines": prices.priced_klines(prices.mark_ratio, "symbol"),
    "/fapi/v1/indexPriceKlines": prices.priced_klines(prices.index_ratio, "pair"),
    "/fapi/v1/ticker/24hr": prices.each(prices.ticker_24hr),
    "/fapi/v1/ticker/price": prices.each(prices.ticker_price),
    "/fapi/v2/ticker/price": prices.each(prices.ticker_price),
    "/fapi/v1/ticker/bookTicker": prices.each(prices.book_ticker),
    "/fapi/v1/premiumIndex": prices.each(prices.premium_index),
    "/fapi/v1/depth": prices.depth,
    "/fapi/v1/aggTrades": prices.agg_trades,
    "/fapi/v1/trades": prices.recent_trades,
    "/fapi/v1/fundingRate": crowd.funding_rate,
    "/fapi/v1/fundingInfo": crowd.funding_info,
    "/fapi/v1/openInterest": crowd.open_interest,
    "/futures/data/openInterestHist": crowd.history(crowd.interest_then),
    "/futures/data/globalLongShortAccountRatio": crowd.history(crowd.ratio_then),
    "/futures/data/topLongShortAccountRatio": crowd.history(crowd.ratio_then),
    "/futures/data/topLongShortPositionRatio": crowd.history(crowd.ratio_then),
    "/futures/data/takerlongshortRatio": crowd.history(crowd.takers_then),
    "/futures/data/basis": crowd.basis,
}

BINANCE = Dialect(
    name="binance",
    hosts=("fapi.binance.com", "fstream.binance.com", "api.binance.com"),
    routes=ROUTES,
    unknown=words.UNKNOWN_PATH,
    throttled=words.throttled,
    broken=words.BROKEN,
    maintenance=words.MAINTENANCE,
    hear=streams.hear,
    meet=streams.meet,
    snapshots=("kline", "ticker", "mini", "mark", "book"),
    render={
        "kline": streams.kline,
        "mark": streams.mark,
        "ticker": streams.ticker,
        "mini": streams.mini,
        "book": streams.book,
        "depth": streams.depth,
        "trade": streams.trade,
        "liquidation": streams.liquidation,
    },
)
