"""The fake venues' answers have every key of the venues' own samples, with the same types."""

import json

import pytest

from tests.venues.hub import Feed
from tests.venues.news import Bar
from tests.venues.samples import lacking, sample
from tests.venues.series import MINUTE
from tests.venues.world import Liquidation

pytestmark = pytest.mark.real  # skips alone where a sample is absent

BTC = {"symbol": "BTCUSDT"}
KLINE = BTC | {"interval": "1m", "limit": "2"}
PERIOD = BTC | {"period": "5m"}
BINANCE = {
    "/fapi/v1/time": {},
    "/fapi/v1/exchangeInfo": {},
    "/fapi/v1/klines": KLINE,
    "/fapi/v1/markPriceKlines": KLINE,
    "/fapi/v1/indexPriceKlines": {"pair": "BTCUSDT", "interval": "1m"},
    "/fapi/v1/ticker/24hr": BTC,
    "/fapi/v1/ticker/price": BTC,
    "/fapi/v2/ticker/price": BTC,
    "/fapi/v1/ticker/bookTicker": BTC,
    "/fapi/v1/premiumIndex": BTC,
    "/fapi/v1/depth": BTC,
    "/fapi/v1/aggTrades": BTC,
    "/fapi/v1/trades": BTC,
    "/fapi/v1/fundingRate": BTC,
    "/fapi/v1/fundingInfo": {},
    "/fapi/v1/openInterest": BTC,
    "/fapi/v1/leverageBracket": {},
    "/futures/data/openInterestHist": PERIOD,
    "/futures/data/globalLongShortAccountRatio": PERIOD,
    "/futures/data/topLongShortAccountRatio": PERIOD,
    "/futures/data/topLongShortPositionRatio": PERIOD,
    "/futures/data/takerlongshortRatio": PERIOD,
    "/futures/data/basis": {"pair": "BTCUSDT", "period": "5m"},
}
STREAMS = {
    "kline_candlestick_streams": "btcusdt@kline_1m",
    "mark_price_stream": "btcusdt@markPrice@1s",
    "mark_price_stream_for_all_market": "!markPrice@arr@1s",
    "individual_symbol_ticker_streams": "btcusdt@ticker",
    "all_market_tickers_streams": "!ticker@arr",
    "individual_symbol_mini_ticker_stream": "btcusdt@miniTicker",
    "individual_symbol_book_ticker_streams": "btcusdt@bookTicker",
    "aggregate_trade_streams": "btcusdt@aggTrade",
    "liquidation_order_streams": "btcusdt@forceOrder",
    "partial_book_depth_streams": "btcusdt@depth20@100ms",
    "diff_book_depth_streams": "btcusdt@depth@100ms",
}
LINEAR = {"category": "linear", "symbol": "BTCUSDT"}
BYBIT = {
    "jkorf_bybit_v5/rest/ExchangeData/GetLinearInverseSymbols.txt": (
        "/v5/market/instruments-info",
        LINEAR,
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetKlines.txt": (
        "/v5/market/kline",
        LINEAR | {"interval": "1"},
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetMarkPriceKlines.txt": (
        "/v5/market/mark-price-kline",
        LINEAR | {"interval": "1"},
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetLinearInverseTickers.txt": ("/v5/market/tickers", LINEAR),
    "jkorf_bybit_v5/rest/ExchangeData/GetFundingRateHistory.txt": (
        "/v5/market/funding/history",
        LINEAR,
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetOpenInterest.txt": (
        "/v5/market/open-interest",
        LINEAR | {"intervalTime": "5min"},
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetLongShortRatio.txt": (
        "/v5/market/account-ratio",
        LINEAR | {"period": "5min"},
    ),
    "jkorf_bybit_v5/rest/ExchangeData/GetRiskLimit.txt": ("/v5/market/risk-limit", LINEAR),
    "jkorf_bybit_v5/rest/ExchangeData/GetOrderbook.txt": ("/v5/market/orderbook", LINEAR),
    "nautilus/bybit_rs/http_get_trades_recent.json": ("/v5/market/recent-trade", LINEAR),
}
SWAP = {"instId": "BTC-USDT-SWAP", "instType": "SWAP"}
OKX_DATA = "jkorf_okx_v5/rest/ExchangeData"
OKX = {
    "nautilus/okx_rs/http_get_instruments_swap.json": ("/api/v5/public/instruments", SWAP),
    "nautilus/okx_rs/http_get_candlesticks.json": ("/api/v5/market/candles", SWAP),
    "nautilus/okx_rs/http_get_mark_price.json": ("/api/v5/public/mark-price", SWAP),
    "nautilus/okx_rs/http_get_trades.json": ("/api/v5/market/trades", SWAP),
    "nautilus/okx_rs/http_get_position_tiers.json": (
        "/api/v5/public/position-tiers",
        {"instFamily": "BTC-USDT"},
    ),
    f"{OKX_DATA}/GetServerTime.txt": ("/api/v5/public/time", {}),
    f"{OKX_DATA}/GetTicker.txt": ("/api/v5/market/ticker", SWAP),
    f"{OKX_DATA}/GetOrderBook.txt": ("/api/v5/market/books", SWAP),
    f"{OKX_DATA}/GetFundingRates.txt": ("/api/v5/public/funding-rate", SWAP),
    f"{OKX_DATA}/GetFundingRateHistory.txt": ("/api/v5/public/funding-rate-history", SWAP),
    f"{OKX_DATA}/GetOpenInterests.txt": ("/api/v5/public/open-interest", SWAP),
}


@pytest.fixture(autouse=True)
async def traded(venues):
    """Something has happened, so that there is something to tell."""
    await venues.trade("BTC", 95_000.0, 0.5)


def asked(venue, path, query):
    answer = venue.answer(path, dict(query))
    assert answer.status == 200
    return json.loads(answer.body)


@pytest.mark.parametrize("path", BINANCE)
def test_binances_answers(venues, path):
    told = asked(venues["binance"], path, BINANCE[path])
    name = path.removeprefix("/").replace("/", "_")
    expected = sample(f"binance_official_sdk/rest_api/GET_{name}.json")
    assert list(lacking(without_placeholders(expected), told)) == []


def without_placeholders(expected):
    """The samples put an empty word where a list of objects is empty, and all filters in one."""
    if isinstance(expected, dict) and "exchangeFilters" in expected:
        symbols = [{**one, "filters": []} for one in expected["symbols"]]
        return {**expected, "exchangeFilters": [], "symbols": symbols}
    return expected


def test_binances_filters(venues):
    expected = sample("exchangeInfo_fapi_excerpt_2026-09-30.json")
    told = asked(venues["binance"], "/fapi/v1/exchangeInfo", {})
    by_type = {f["filterType"]: f for f in told["symbols"][0]["filters"]}
    for one in expected["symbols"][0]["filters"]:
        assert list(lacking(one, by_type[one["filterType"]])) == []
    assert list(lacking(expected, told)) == []


@pytest.mark.parametrize("name", STREAMS)
async def test_binances_streams(venues, name):
    expected = sample(f"binance_official_sdk/websocket_streams/{name}.json")
    (told,) = await said(venues, STREAMS[name])
    assert list(lacking(expected, told)) == []


async def said(venues, channel):
    """The one message of a stream after everything has happened once."""
    async with (
        venues.session() as session,
        session.ws_connect("wss://fstream.binance.com/ws") as socket,
    ):
        await socket.send_json({"method": "SUBSCRIBE", "params": [channel], "id": 1})
        await socket.receive_json(timeout=2)
        if "aggTrade" in channel:
            await venues.trade("BTC", 95_000.0)
        elif "forceOrder" in channel:
            await venues.liquidate("BTC", 95_000.0, 1.0)
        elif "@depth" in channel:
            await venues.pulse()
        return [await socket.receive_json(timeout=2)]


@pytest.mark.parametrize("name", BYBIT)
def test_bybits_answers(venues, name):
    told = asked(venues["bybit"], *BYBIT[name])
    assert list(lacking(sample(name), told)) == []


@pytest.mark.parametrize("name", OKX)
def test_okxs_answers(venues, name):
    told = asked(venues["okx"], *OKX[name])
    assert list(lacking(sample(name), told)) == []


@pytest.mark.parametrize(
    ("venue", "name", "feed", "channel"),
    [
        ("bybit", "bybit_rs/ws_kline.json", Feed("kline", "BTC", MINUTE), "kline.1.BTCUSDT"),
        ("bybit", "bybit_rs/ws_ticker_linear.json", Feed("ticker", "BTC"), "tickers.BTCUSDT"),
        ("bybit", "bybit_rs/ws_public_trade.json", Feed("trade", "BTC"), "publicTrade.BTCUSDT"),
        (
            "bybit",
            "bybit_rs/ws_orderbook_delta.json",
            Feed("depth", "BTC", 50),
            "orderbook.50.BTC",
        ),
        (
            "okx",
            "okx_rs/ws_candle.json",
            Feed("kline", "BTC", MINUTE),
            '{"channel":"","instId":""}',
        ),
        ("okx", "okx_rs/ws_tickers.json", Feed("ticker", "BTC"), '{"channel":"","instId":""}'),
        ("okx", "okx_rs/ws_trades.json", Feed("trade", "BTC"), '{"channel":"","instId":""}'),
        ("okx", "okx_rs/ws_bbo_tbt.json", Feed("depth", "BTC", 1), '{"channel":"","instId":""}'),
        ("okx", "okx_rs/ws_books_update.json", Feed("depth", "BTC"), '{"channel":"","instId":""}'),
        (
            "okx",
            "okx_rs/ws_funding_rate.json",
            Feed("funding", "BTC"),
            '{"channel":"","instId":""}',
        ),
    ],
)
def test_streams_of_others(venues, venue, name, feed, channel):
    here = venues[venue]
    news = {
        "kline": Bar(here.newest("BTC", MINUTE, 1)[-1], MINUTE, closed=False),
        "trade": venues.world["BTC"].trades[-1],
        "liquidation": Liquidation("BTC", here.now, sells=True, price=1.0, amount=1.0),
    }
    told = json.loads(here.dialect.render[feed.kind](here, feed, channel, news.get(feed.kind)))
    assert list(lacking(sample(f"nautilus/{name}"), told)) == []


def test_refusals_are_binances_own(venues):
    bodies = sample("binance_error_payloads.json")
    words = {
        (one["http"], one["body"]["code"]): one["body"]["msg"] for one in bodies if "body" in one
    }
    refused = venues["binance"].answer("/fapi/v1/klines", {"symbol": "NOPE", "interval": "1m"})
    assert json.loads(refused.body)["msg"] == words[refused.status, -1121]
    broken = venues["binance"].dialect.broken
    assert json.loads(broken.body)["msg"] == words[broken.status, -1008]


def test_a_missing_key_and_another_type_are_found():
    expected, told = {"a": [{"b": "1"}], "c": True}, {"a": [{"b": 1}]}
    assert list(lacking(expected, told)) == [".a[0].b is number, not str", ".c is missing"]
