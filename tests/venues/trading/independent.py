"""Binance's own SDK trades on the fake Binance; `python -m tests.venues check`.

Runs in an environment of its own: nothing here may import from the project.
"""

import json
import sys
import traceback

BTC = {"symbol": "BTCUSDT"}
BUY, SELL = BTC | {"side": "BUY"}, BTC | {"side": "SELL"}
LIMIT = {"type": "LIMIT", "time_in_force": "GTC", "new_order_resp_type": "RESULT"}


def life(price):
    """Everything that an account does, in an order in which nothing is refused."""
    low, lower = round(price * 0.98, 1), round(price * 0.97, 1)
    high = round(price * 1.03, 1)
    first, stop = BTC | {"orig_client_order_id": "o1"}, {"client_algo_id": "s1"}
    resting = BUY | LIMIT | {"quantity": 0.1, "price": low}
    waiting = SELL | {"algo_type": "CONDITIONAL"}
    closing = {"type": "STOP_MARKET", "trigger_price": lower, "close_position": "true"}
    profit = {"type": "TAKE_PROFIT_MARKET", "trigger_price": high, "quantity": 0.1}
    trail = {"type": "TRAILING_STOP_MARKET", "callback_rate": 1.0, "quantity": 0.1}
    market = {"type": "MARKET", "quantity": 0.1, "new_order_resp_type": "RESULT"}
    batch = [
        {
            "symbol": "BTCUSDT",
            "side": "BUY",
            "type": "LIMIT",
            "timeInForce": "GTC",
            "quantity": "0.1",
            "price": f"{lower}",
            "newClientOrderId": "o2",
        }
    ]
    return [
        ("start_user_data_stream", {}),
        ("keepalive_user_data_stream", {}),
        ("get_current_position_mode", {}),
        ("get_current_multi_assets_mode", {}),
        ("futures_account_configuration", {}),
        ("change_margin_type", BTC | {"margin_type": "ISOLATED"}),
        ("change_initial_leverage", BTC | {"leverage": 7}),
        ("symbol_configuration", BTC),
        ("user_commission_rate", BTC),
        ("notional_and_leverage_brackets", BTC),
        ("test_order", resting),
        ("new_order", resting | {"new_client_order_id": "o1"}),
        ("query_order", first),
        ("query_current_open_order", first),
        ("modify_order", first | {"side": "BUY", "quantity": 0.2, "price": low}),
        ("current_all_open_orders", BTC),
        ("cancel_order", first),
        ("place_multiple_orders", {"batch_orders": batch}),
        ("cancel_multiple_orders", BTC | {"orig_client_order_id_list": ["o2"]}),
        ("new_order", BUY | market),
        ("new_algo_order", waiting | closing | stop),
        ("new_algo_order", waiting | profit | {"reduce_only": "true"}),
        ("new_algo_order", waiting | trail | {"reduce_only": "true"}),
        ("query_algo_order", stop),
        ("current_all_algo_open_orders", BTC),
        ("cancel_algo_order", stop),
        ("query_all_algo_orders", BTC),
        ("cancel_all_algo_open_orders", BTC),
        ("modify_isolated_position_margin", BTC | {"amount": 100.0, "type": "1"}),
        ("position_information_v3", BTC),
        ("position_information_v2", BTC),
        ("account_information_v3", {}),
        ("futures_account_balance_v3", {}),
        ("new_order", SELL | market | {"reduce_only": "true"}),
        ("cancel_all_open_orders", BTC),
        ("all_orders", BTC),
        ("account_trade_list", BTC),
        ("get_income_history", {}),
    ]


def main():
    told = json.loads(sys.argv[1])
    from binance_common.configuration import ConfigurationRestAPI
    from binance_sdk_derivatives_trading_usds_futures import (
        derivatives_trading_usds_futures as sdk,
    )

    where = ConfigurationRestAPI(
        api_key=told["key"],
        api_secret=told["secret"],
        base_path=f"http://127.0.0.1:{told['port']}",
        retries=0,
    )
    client = sdk.DerivativesTradingUsdsFutures(config_rest_api=where).rest_api
    price = float(client.mark_price(**BTC).data().actual_instance.mark_price)
    good, asked = 0, life(price)
    for name, arguments in asked:
        try:
            answer = getattr(client, name)(**arguments).data()
            good += bool(answer)
            print(f"trading  {name:40} {'ok' if answer else 'EMPTY'} {str(answer)[:90]}")
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            print(f"trading  {name:40} FAILED")
            traceback.print_exc(limit=3)
    print(f"trading: {good} of {len(asked)} calls answered and parsed")
    return int(good < len(asked))


if __name__ == "__main__":
    sys.exit(main())
