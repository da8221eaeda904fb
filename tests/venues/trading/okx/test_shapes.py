"""The floor's answers have every key of other clients' samples of OKX, with the same types."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from tests.venues.samples import lacking, sample
from tests.venues.trading import fate
from tests.venues.trading.okx.signing import signature

pytestmark = pytest.mark.real  # skips alone where a sample is absent

SWAP = {"instId": "BTC-USDT-SWAP"}
LIMIT = SWAP | {"tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "10", "px": "49000"}
STOP = SWAP | {
    "tdMode": "cross",
    "side": "sell",
    "ordType": "conditional",
    "sz": "10",
    "slTriggerPx": "48000",
    "slOrdPx": "-1",
}
OCO = STOP | {"ordType": "oco", "tpTriggerPx": "52000", "tpOrdPx": "-1", "reduceOnly": "true"}
TRIGGER = SWAP | {
    "tdMode": "cross",
    "side": "sell",
    "ordType": "trigger",
    "sz": "10",
    "triggerPx": "47000",
    "orderPx": "-1",
}
JKORF, NAUTILUS = "jkorf_okx_v5/rest/", "nautilus/okx_rs/http_"
V5, ORDER = "/api/v5/", SWAP | {"clOrdId": "o1"}
ASKED = {
    "Trading/PlaceOrder.txt": ("POST", "trade/order", LIMIT),
    "Trading/PlaceMultipleOrders.txt": ("POST", "trade/batch-orders", [LIMIT]),
    "Trading/CancelOrder.txt": ("POST", "trade/cancel-order", ORDER),
    "Trading/CancelMultipleOrders.txt": ("POST", "trade/cancel-batch-orders", [ORDER]),
    "Trading/AmendOrder.txt": ("POST", "trade/amend-order", ORDER | {"newSz": "20"}),
    "Trading/GetOrderDetails.txt": ("GET", "trade/order", ORDER),
    "Trading/GetOrders.txt": ("GET", "trade/orders-pending", {}),
    "Trading/GetOrderHistory.txt": ("GET", "trade/orders-history", {"instType": "SWAP"}),
    "Trading/GetUserTrades.txt": ("GET", "trade/fills", {}),
    "Trading/PlaceAlgoOrder.txt": ("POST", "trade/order-algo", STOP),
    "Trading/CancelAlgoOrder.txt": (
        "POST",
        "trade/cancel-algos",
        [SWAP | {"algoClOrdId": "s1"}],
    ),
    "Trading/GetAlgoOrder.txt": ("GET", "trade/order-algo", {"algoClOrdId": "s1"}),
    "Trading/GetAlgoOrderList.txt": ("GET", "trade/orders-algo-pending", {"ordType": "trigger"}),
    "Trading/GetAlgoOrderHistory.txt": (
        "GET",
        "trade/orders-algo-history",
        {"ordType": "trigger", "state": "canceled"},
    ),
    "Trading/ClosePosition.txt": ("POST", "trade/close-position", SWAP | {"mgnMode": "cross"}),
    "Account/GetAccountBalance.txt": ("GET", "account/balance", {}),
    "Account/GetAccountPositions.txt": ("GET", "account/positions", {}),
    "Account/GetAccountConfiguration.txt": ("GET", "account/config", {}),
    "Account/GetAccountLeverage.txt": (
        "GET",
        "account/leverage-info",
        SWAP | {"mgnMode": "cross"},
    ),
    "Account/GetBillHistory.txt": ("GET", "account/bills", {}),
    "Account/GetFeeRates.txt": ("GET", "account/trade-fee", {"instType": "SWAP"}),
    "Account/SetAccountLeverage.txt": (
        "POST",
        "account/set-leverage",
        SWAP | {"lever": "30", "mgnMode": "isolated"},
    ),
    "Account/SetAccountPositionMode.txt": (
        "POST",
        "account/set-position-mode",
        {"posMode": "net_mode"},
    ),
    "get_orders_pending_with_attached_tp_sl.json": ("GET", "trade/orders-pending", {}),
    "get_orders_algo_pending_attached_oco.json": (
        "GET",
        "trade/orders-algo-pending",
        {"ordType": "oco"},
    ),
    "get_orders_algo_pending_close_fraction.json": (
        "GET",
        "trade/orders-algo-pending",
        {"ordType": "conditional"},
    ),
}


async def said(venues, floor, method, path, query):
    """Ask as nobody's client would: by hand."""
    search = f"?{urlencode(query)}" if method == "GET" and query else ""
    body = json.dumps(query) if method == "POST" else ""
    now = datetime.fromtimestamp(venues.world.now / 1_000, UTC)
    stamp = now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    head = {
        "OK-ACCESS-KEY": floor.keys.key,
        "OK-ACCESS-PASSPHRASE": floor.keys.passphrase,
        "OK-ACCESS-TIMESTAMP": stamp,
        "OK-ACCESS-SIGN": signature(floor.keys.secret, stamp + method + V5 + path + search + body),
    }
    async with (
        venues.session() as session,
        session.request(
            method, f"https://www.okx.com{V5}{path}{search}", data=body or None, headers=head
        ) as answer,
    ):
        assert answer.status == 200
        return await answer.json()


@pytest.fixture
async def busy(venues, floor):
    """An account to which everything has happened once."""

    async def say(path, query):
        told = await said(venues, floor, "POST", path, query)
        assert told["code"] == "0", told

    await say("trade/order", LIMIT | {"ordType": "market", "sz": "20"})
    fate.deleverage(floor.ledger, "BTC-USDT-SWAP", Decimal("0.1"), Decimal(50_500))
    both = {"slTriggerPx": "48000", "slOrdPx": "-1", "tpTriggerPx": "52000", "tpOrdPx": "-1"}
    named = both | {"attachAlgoClOrdId": "x1"}
    await say("trade/order", LIMIT | {"clOrdId": "o1", "attachAlgoOrds": [named]})
    await say("trade/order-algo", TRIGGER | {"algoClOrdId": "gone"})
    await say("trade/cancel-algos", [SWAP | {"algoClOrdId": "gone"}])
    await say("trade/order-algo", TRIGGER)
    await say("trade/order-algo", OCO)
    whole = STOP | {"closeFraction": "1", "reduceOnly": "true", "algoClOrdId": "s1"}
    await say("trade/order-algo", whole)
    return floor


@pytest.mark.parametrize("name", ASKED)
async def test_answers(venues, busy, name):
    method, path, query = ASKED[name]
    expected = sample((JKORF if name.endswith(".txt") else NAUTILUS) + name)
    told = await said(venues, busy, method, path, query)
    assert (told["code"], bool(told["data"])) == ("0", True)
    assert list(lacking(expected, told)) == []
