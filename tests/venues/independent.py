"""Binance's own SDK, pybit and python-okx read the fake venues; `python -m tests.venues check`.

Runs in an environment of its own: nothing here may import from the project.
"""

import json
import sys
import time
import traceback

SYMBOL = {"symbol": "BTCUSDT"}
PAIR = {"pair": "BTCUSDT"}
PERIOD = {"period": "5m", "limit": 3}
BINANCE = {
    "check_server_time": {},
    "exchange_information": {},
    "kline_candlestick_data": SYMBOL | {"interval": "1m", "limit": 3},
    "mark_price_kline_candlestick_data": SYMBOL | {"interval": "1m", "limit": 3},
    "index_price_kline_candlestick_data": PAIR | {"interval": "1m", "limit": 3},
    "ticker24hr_price_change_statistics": SYMBOL,
    "symbol_price_ticker": SYMBOL,
    "symbol_price_ticker_v2": SYMBOL,
    "symbol_order_book_ticker": SYMBOL,
    "mark_price": SYMBOL,
    "order_book": SYMBOL | {"limit": 5},
    "compressed_aggregate_trades_list": SYMBOL,
    "recent_trades_list": SYMBOL,
    "get_funding_rate_history": SYMBOL,
    "get_funding_rate_info": {},
    "open_interest": SYMBOL,
    "open_interest_statistics": SYMBOL | PERIOD,
    "long_short_ratio": SYMBOL | PERIOD,
    "top_trader_long_short_ratio_accounts": SYMBOL | PERIOD,
    "top_trader_long_short_ratio_positions": SYMBOL | PERIOD,
    "taker_buy_sell_volume": SYMBOL | PERIOD,
    "basis": PAIR | PERIOD | {"contract_type": "PERPETUAL"},
}
LINEAR = {"category": "linear", "symbol": "BTCUSDT"}
BYBIT = {
    "get_server_time": {},
    "get_instruments_info": LINEAR,
    "get_kline": LINEAR | {"interval": "1", "limit": 3},
    "get_mark_price_kline": LINEAR | {"interval": "1", "limit": 3},
    "get_index_price_kline": LINEAR | {"interval": "1", "limit": 3},
    "get_tickers": LINEAR,
    "get_orderbook": LINEAR,
    "get_public_trade_history": LINEAR,
    "get_funding_rate_history": LINEAR,
    "get_open_interest": LINEAR | {"intervalTime": "5min"},
    "get_long_short_ratio": LINEAR | {"period": "5min"},
    "get_risk_limit": LINEAR,
}
SWAP = {"instId": "BTC-USDT-SWAP"}
OKX_MARKET = {
    "get_ticker": SWAP,
    "get_tickers": {"instType": "SWAP"},
    "get_candlesticks": SWAP | {"bar": "1m", "limit": "3"},
    "get_history_candlesticks": SWAP | {"bar": "1m", "limit": "3"},
    "get_mark_price_candlesticks": SWAP | {"bar": "1m", "limit": "3"},
    "get_orderbook": SWAP | {"sz": "5"},
    "get_trades": SWAP,
}
OKX_PUBLIC = {
    "get_system_time": {},
    "get_instruments": {"instType": "SWAP"},
    "get_mark_price": {"instType": "SWAP"} | SWAP,
    "get_funding_rate": SWAP,
    "funding_rate_history": SWAP,
    "get_open_interest": {"instType": "SWAP"} | SWAP,
    "get_position_tiers": {"instType": "SWAP", "tdMode": "cross", "instFamily": "BTC-USDT"},
}


def tried(who, client, calls, read):
    """How many of the calls were answered with something, saying each."""
    good = 0
    for name, arguments in calls.items():
        try:
            told = read(getattr(client, name)(**arguments))
            good += bool(told)
            print(f"{who:8} {name:40} {'ok' if told else 'EMPTY'} {str(told)[:90]}")
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            print(f"{who:8} {name:40} FAILED")
            traceback.print_exc(limit=3)
    return good, len(calls)


def binance(port):
    from binance_common.configuration import ConfigurationRestAPI
    from binance_sdk_derivatives_trading_usds_futures import (
        derivatives_trading_usds_futures as sdk,
    )

    where = ConfigurationRestAPI(
        api_key="nobody", api_secret="nothing", base_path=f"http://127.0.0.1:{port}", retries=0
    )
    client = sdk.DerivativesTradingUsdsFutures(config_rest_api=where).rest_api
    return tried("binance", client, BINANCE, lambda answer: answer.data())


def bybit(port):
    from pybit.unified_trading import HTTP

    client = HTTP(testnet=False)
    client.endpoint = f"http://127.0.0.1:{port}"
    return tried(
        "bybit", client, BYBIT, lambda answer: answer["retCode"] == 0 and answer["result"]
    )


def okx(port):
    from okx.MarketData import MarketAPI
    from okx.PublicData import PublicAPI

    where = {"flag": "0", "domain": f"http://127.0.0.1:{port}"}
    done = [
        tried("okx", api(**where), calls, lambda answer: answer["code"] == "0" and answer["data"])
        for api, calls in ((MarketAPI, OKX_MARKET), (PublicAPI, OKX_PUBLIC))
    ]
    return tuple(map(sum, zip(*done, strict=True)))


def main():
    ports = json.loads(sys.argv[1])
    time.sleep(1)  # until somebody has traded
    results = {
        "binance": binance(ports["binance"]),
        "bybit": bybit(ports["bybit"]),
        "okx": okx(ports["okx"]),
    }
    for who, (good, asked) in results.items():
        print(f"{who}: {good} of {asked} calls answered and parsed")
    return int(any(good < asked for good, asked in results.values()))


if __name__ == "__main__":
    sys.exit(main())
