"""How Upbit and Bithumb speak: spot markets against the won."""

from dataclasses import replace

from tests.venues.korea import prices, streams, words
from tests.venues.venue import Dialect

UPBIT = Dialect(
    name="upbit",
    hosts=("api.upbit.com",),
    won=True,
    routes={
        "/v1/market/all": prices.markets,
        "/v1/candles/minutes/{unit}": prices.candles,
        "/v1/candles/{span}": prices.candles,
        "/v1/ticker": prices.tickers,
        "/v1/ticker/all": prices.all_tickers,
        "/v1/orderbook": prices.order_books,
        "/v1/trades/ticks": prices.ticks,
    },
    unknown=words.UNKNOWN_PATH,
    throttled=words.throttled,
    broken=words.BROKEN,
    maintenance=words.MAINTENANCE,
    hear=streams.hear_anew,
    render={"ticker": streams.ticker, "depth": streams.depth, "trade": streams.trade},
    binary=True,
)

BITHUMB = replace(
    UPBIT,
    name="bithumb",
    hosts=("api.bithumb.com", "ws-api.bithumb.com"),
    hear=streams.hear,
    binary=False,
)
