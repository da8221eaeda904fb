"""The floor's answers have every key of other clients' samples of Bybit, with the same types."""

import json
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from tests.venues.samples import lacking, sample
from tests.venues.trading import fate
from tests.venues.trading.bybit.signing import signature

pytestmark = pytest.mark.real  # skips alone where a sample is absent

ID = {"category": "linear", "symbol": "BTCUSDT"}
ALL = {"category": "linear", "settleCoin": "USDT"}
LIMIT = ID | {"side": "Buy", "orderType": "Limit", "qty": "0.1", "price": "49000"}
JKORF, NAUTILUS = "jkorf_bybit_v5/rest/", "nautilus/bybit_rs/http_"
BATCH = {"category": "linear", "request": [LIMIT | {"orderLinkId": "o2"}]}
ASKED = {
    "Trading/PlaceOrder.txt": ("POST", "/v5/order/create", LIMIT),
    "Trading/EditOrder.txt": ("POST", "/v5/order/amend", ID | {"orderLinkId": "o1", "qty": "0.2"}),
    "Trading/CancelOrder.txt": ("POST", "/v5/order/cancel", ID | {"orderLinkId": "o1"}),
    "Trading/CancelAllOrder.txt": ("POST", "/v5/order/cancel-all", ALL),
    "Trading/PlaceMultipleOrders.txt": ("POST", "/v5/order/create-batch", BATCH),
    "Trading/CancelMultipleOrders.txt": (
        "POST",
        "/v5/order/cancel-batch",
        {"category": "linear", "request": [{"symbol": "BTCUSDT", "orderLinkId": "o1"}]},
    ),
    "Trading/GetOrders.txt": ("GET", "/v5/order/realtime", ALL),
    "Trading/GetOrderHistory.txt": ("GET", "/v5/order/history", ID),
    "Trading/GetPositions.txt": ("GET", "/v5/position/list", ALL),
    "Trading/GetUserTrades.txt": ("GET", "/v5/execution/list", ID),
    "Trading/SetTradingStop.txt": (
        "POST",
        "/v5/position/trading-stop",
        ID | {"tpslMode": "Full", "stopLoss": "47000"},
    ),
    "Account/GetApiKeyInfo.txt": ("GET", "/v5/user/query-api", {}),
    "Account/GetBalances.txt": ("GET", "/v5/account/wallet-balance", {"accountType": "UNIFIED"}),
    "Account/GetMarginAccountInfo.txt": ("GET", "/v5/account/info", {}),
    "Account/GetFeeRate.txt": ("GET", "/v5/account/fee-rate", ID),
    "Account/GetTransactionHistory.txt": ("GET", "/v5/account/transaction-log", {}),
    "Account/SetLeverage.txt": (
        "POST",
        "/v5/position/set-leverage",
        ID | {"buyLeverage": "50", "sellLeverage": "50"},
    ),
    "Account/SwitchPositionMode.txt": (
        "POST",
        "/v5/position/switch-mode",
        {"category": "linear", "coin": "USDT", "mode": 3},
    ),
    "get_orders_realtime_tp_sl.json": ("GET", "/v5/order/realtime", ALL),
    "get_positions.json": ("GET", "/v5/position/list", ALL),
    "get_executions.json": ("GET", "/v5/execution/list", ID),
    "get_account_info.json": ("GET", "/v5/account/info", {}),
}
# what a sample leaves empty in its own way, and what only its own kind of account has
NULL = {"blockTradeId", "avgPrice", "orderIv", "preListingInfo"}
REFUSED = {"Account/SetMarginMode.txt": ("ISOLATED_MARGIN", 3400045)}


async def said(venues, floor, method, path, query):
    """Ask as nobody's client would: by hand."""
    text = urlencode(query) if method == "GET" else json.dumps(query)
    now = str(venues.world.now)
    head = {
        "X-BAPI-API-KEY": floor.keys.key,
        "X-BAPI-TIMESTAMP": now,
        "X-BAPI-RECV-WINDOW": "5000",
        "X-BAPI-SIGN": signature(floor.keys.secret, f"{now}{floor.keys.key}5000{text}"),
    }
    search, body = (f"?{text}", None) if method == "GET" else ("", text)
    async with (
        venues.session() as session,
        session.request(
            method, f"https://api.bybit.com{path}{search}", data=body, headers=head
        ) as answer,
    ):
        assert answer.status == 200
        return await answer.json()


@pytest.fixture
async def busy(venues, floor):
    """An account to which everything has happened once."""
    market = ID | {"side": "Buy", "orderType": "Market", "qty": "0.2", "stopLoss": "48000"}
    await said(venues, floor, "POST", "/v5/order/create", market)
    fate.deleverage(floor.ledger, "BTCUSDT", Decimal("0.1"), Decimal(50_500))
    await said(venues, floor, "POST", "/v5/order/create", LIMIT | {"orderLinkId": "o1"})
    return floor


@pytest.mark.parametrize("name", ASKED)
async def test_answers(venues, busy, name):
    method, path, query = ASKED[name]
    if name == "Account/SwitchPositionMode.txt":
        await quiet(venues, busy)
    expected = sample((JKORF if name.endswith(".txt") else NAUTILUS) + name)
    told = await said(venues, busy, method, path, query)
    assert told["retCode"] == 0
    assert list(lacking(wanted(expected), told)) == []


async def quiet(venues, busy):
    """Nothing is held, nothing waits."""
    out = ID | {"side": "Sell", "orderType": "Market", "qty": "0.1", "reduceOnly": True}
    await said(venues, busy, "POST", "/v5/order/create", out)
    await said(venues, busy, "POST", "/v5/order/cancel-all", ALL)


def wanted(expected):
    if isinstance(expected, list):
        return [wanted(one) for one in expected]
    if isinstance(expected, dict):
        return {k: wanted(v) for k, v in expected.items() if k not in NULL or v is not None}
    return expected


@pytest.mark.parametrize("name", REFUSED)
async def test_refusals_are_in_bybits_own_words(venues, busy, name):
    mode, code = REFUSED[name]
    expected = sample(JKORF + name)
    told = await said(venues, busy, "POST", "/v5/account/set-margin-mode", {"setMarginMode": mode})
    assert told["retCode"] == code == expected["retCode"]
    assert told["retMsg"] == expected["retMsg"]
