"""python-okx trades on the fake OKX; `python -m tests.venues check`.

Runs in an environment of its own: nothing here may import from the project.
"""

import json
import sys
import traceback

BTC = {"instId": "BTC-USDT-SWAP"}
CROSS, ISOLATED = BTC | {"tdMode": "cross"}, BTC | {"tdMode": "isolated"}
SWAPS = {"instType": "SWAP"}


def life(price):
    """Everything that an account does, in an order in which nothing is refused."""
    low, lower, high = (f"{price * part:.1f}" for part in (0.98, 0.97, 1.03))
    resting = CROSS | {"side": "buy", "ordType": "limit", "sz": "10", "px": low}
    market = ISOLATED | {"ordType": "market", "sz": "10"}
    exits = {"slTriggerPx": lower, "slOrdPx": "-1"}
    stop = ISOLATED | exits | {"side": "sell", "ordType": "conditional", "sz": "10"}
    oco = stop | {"ordType": "oco", "tpTriggerPx": high, "tpOrdPx": "-1"}
    plan = CROSS | {"side": "buy", "ordType": "trigger", "sz": "1", "triggerPx": high}
    first, row = BTC | {"clOrdId": "o1"}, BTC | {"algoClOrdId": "s1"}
    return [
        ("account", "get_account_config", {}),
        ("account", "set_position_mode", {"posMode": "net_mode"}),
        ("account", "set_leverage", BTC | {"lever": "7", "mgnMode": "isolated"}),
        ("account", "get_leverage", BTC | {"mgnMode": "isolated"}),
        ("account", "get_fee_rates", SWAPS),
        ("trade", "place_order", resting | {"clOrdId": "o1"}),
        ("trade", "get_order", first),
        ("trade", "amend_order", first | {"newSz": "20"}),
        ("trade", "get_order_list", SWAPS),
        ("trade", "cancel_order", first),
        ("trade", "place_multiple_orders", {"orders_data": [resting | {"clOrdId": "o2"}]}),
        ("trade", "cancel_multiple_orders", {"orders_data": [BTC | {"clOrdId": "o2"}]}),
        ("trade", "place_order", market | {"side": "buy", "attachAlgoOrds": [exits]}),
        ("trade", "place_algo_order", stop | {"algoClOrdId": "s1", "reduceOnly": "true"}),
        ("trade", "place_algo_order", oco | {"reduceOnly": "true"}),
        ("trade", "place_algo_order", plan | {"orderPx": "-1"}),
        ("trade", "get_algo_order_details", {"algoClOrdId": "s1"}),
        ("trade", "amend_algo_order", row | {"newSlTriggerPx": low, "newSlOrdPx": "-1"}),
        ("trade", "order_algos_list", {"ordType": "conditional"}),
        ("trade", "order_algos_list", {"ordType": "oco"}),
        ("trade", "order_algos_list", {"ordType": "trigger"}),
        ("trade", "cancel_algo_order", {"orders_data": [row]}),
        ("trade", "order_algos_history", {"ordType": "conditional", "state": "canceled"}),
        ("account", "adjustment_margin", BTC | {"posSide": "net", "type": "add", "amt": "100"}),
        ("account", "get_positions", SWAPS),
        ("account", "get_account_balance", {}),
        ("trade", "close_positions", BTC | {"mgnMode": "isolated"}),
        ("trade", "get_orders_history", SWAPS),
        ("trade", "get_orders_history_archive", SWAPS),
        ("trade", "get_fills", SWAPS),
        ("trade", "get_fills_history", SWAPS),
        ("account", "get_account_bills", {}),
        ("account", "get_account_bills_archive", {}),
    ]


def main():
    told = json.loads(sys.argv[1])
    from okx.Account import AccountAPI
    from okx.MarketData import MarketAPI
    from okx.Trade import TradeAPI

    where = {"flag": "0", "domain": f"http://127.0.0.1:{told['port']}"}
    keys = (told["key"], told["secret"], told["passphrase"], False)
    clients = {"account": AccountAPI(*keys, **where), "trade": TradeAPI(*keys, **where)}
    price = float(MarketAPI(**where).get_ticker(**BTC)["data"][0]["last"])
    good, asked = 0, life(price)
    for part, name, arguments in asked:
        try:
            answer = getattr(clients[part], name)(**arguments)
            fine = answer["code"] == "0" and bool(answer["data"])
            good += fine
            shown = str(answer["data"] if fine else answer)[:90]
            print(f"okx      {name:40} {'ok' if fine else 'NOT'} {shown}")
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            print(f"okx      {name:40} FAILED")
            traceback.print_exc(limit=3)
    print(f"trading on okx: {good} of {len(asked)} calls answered and parsed")
    return int(good < len(asked))


if __name__ == "__main__":
    sys.exit(main())
