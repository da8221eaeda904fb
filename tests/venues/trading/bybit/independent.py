"""pybit trades on the fake Bybit; `python -m tests.venues check`.

Runs in an environment of its own: nothing here may import from the project.
"""

import json
import sys
import traceback

BTC = {"category": "linear", "symbol": "BTCUSDT"}
ALL = {"category": "linear", "settleCoin": "USDT"}
BUY, SELL = BTC | {"side": "Buy"}, BTC | {"side": "Sell"}


def life(price):
    """Everything that an account does, in an order in which nothing is refused."""
    low, lower, high = (f"{price * part:.1f}" for part in (0.98, 0.97, 1.03))
    resting = BUY | {"orderType": "Limit", "qty": "0.1", "price": low}
    market = {"orderType": "Market", "qty": "0.1"}
    stop = SELL | market | {"triggerPrice": lower, "triggerDirection": 2, "reduceOnly": True}
    first, second = BTC | {"orderLinkId": "o1"}, {"symbol": "BTCUSDT", "orderLinkId": "o2"}
    row = {key: value for key, value in resting.items() if key != "category"}
    return [
        ("get_api_key_information", {}),
        ("get_account_info", {}),
        ("set_margin_mode", {"setMarginMode": "ISOLATED_MARGIN"}),
        ("set_leverage", BTC | {"buyLeverage": "7", "sellLeverage": "7"}),
        ("switch_position_mode", BTC | {"mode": 3}),
        ("switch_position_mode", BTC | {"mode": 0}),
        ("get_fee_rates", BTC),
        ("get_coin_info", {}),
        ("place_order", resting | {"orderLinkId": "o1"}),
        ("get_open_orders", first),
        ("amend_order", first | {"qty": "0.2"}),
        ("cancel_order", first),
        ("get_order_history", first),
        ("place_batch_order", {"category": "linear", "request": [row | second]}),
        ("amend_batch_order", {"category": "linear", "request": [second | {"qty": "0.2"}]}),
        ("cancel_batch_order", {"category": "linear", "request": [second]}),
        ("place_order", BUY | market | {"stopLoss": lower, "takeProfit": high}),
        ("place_order", stop | {"orderLinkId": "s1"}),
        ("get_open_orders", ALL | {"orderFilter": "StopOrder"}),
        ("set_trading_stop", BTC | {"tpslMode": "Full", "stopLoss": low, "positionIdx": 0}),
        ("add_or_reduce_margin", BTC | {"margin": "100"}),
        ("get_positions", ALL),
        ("get_wallet_balance", {"accountType": "UNIFIED"}),
        ("cancel_all_orders", ALL),
        ("place_order", SELL | market | {"reduceOnly": True}),
        ("get_executions", BTC),
        ("get_order_history", BTC),
        ("get_transaction_log", {}),
    ]


def main():
    told = json.loads(sys.argv[1])
    from pybit.unified_trading import HTTP

    client = HTTP(testnet=False, api_key=told["key"], api_secret=told["secret"])
    client.endpoint = f"http://127.0.0.1:{told['port']}"
    price = float(client.get_tickers(**BTC)["result"]["list"][0]["lastPrice"])
    good, asked = 0, life(price)
    for name, arguments in asked:
        try:
            answer = getattr(client, name)(**arguments)
            fates = answer["retExtInfo"].get("list", [])
            fine = answer["retCode"] == 0 and all(one["code"] == 0 for one in fates)
            good += fine
            print(f"bybit    {name:40} {'ok' if fine else 'NOT'} {str(answer['result'])[:90]}")
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            print(f"bybit    {name:40} FAILED")
            traceback.print_exc(limit=3)
    print(f"trading on bybit: {good} of {len(asked)} calls answered and parsed")
    return int(good < len(asked))


if __name__ == "__main__":
    sys.exit(main())
