"""The floor's answers and news have every key of Binance's own samples, with the same types."""

import json
from decimal import Decimal

import pytest

from tests.venues.samples import lacking, sample
from tests.venues.trading import fate
from tests.venues.trading.binance.opening import listens
from tests.venues.trading.binance.signing import signature

pytestmark = pytest.mark.real  # skips alone where a sample is absent

BTC = {"symbol": "BTCUSDT"}
LIMIT = BTC | {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "quantity": "0.1"}
STOP = BTC | {"side": "SELL", "type": "STOP_MARKET", "algoType": "CONDITIONAL", "quantity": "0.1"}
ORDER, ALGO = BTC | {"origClientOrderId": "o1"}, {"clientAlgoId": "s1"}
BATCH = json.dumps([LIMIT | {"price": "49000", "newClientOrderId": "o2"}])
ASKED = [
    ("POST", "/fapi/v1/order", LIMIT | {"price": "49000"}),
    ("POST", "/fapi/v1/order/test", LIMIT | {"price": "49000"}),
    ("PUT", "/fapi/v1/order", ORDER | {"side": "BUY", "quantity": "0.2", "price": "49100"}),
    ("DELETE", "/fapi/v1/order", ORDER),
    ("GET", "/fapi/v1/order", ORDER),
    ("GET", "/fapi/v1/openOrder", ORDER),
    ("GET", "/fapi/v1/openOrders", BTC),
    ("GET", "/fapi/v1/allOrders", BTC),
    ("DELETE", "/fapi/v1/allOpenOrders", BTC),
    ("POST", "/fapi/v1/batchOrders", {"batchOrders": BATCH}),
    ("DELETE", "/fapi/v1/batchOrders", BTC | {"origClientOrderIdList": '["o1"]'}),
    ("POST", "/fapi/v1/algoOrder", STOP | {"triggerPrice": "48000"}),
    ("DELETE", "/fapi/v1/algoOrder", ALGO),
    ("GET", "/fapi/v1/algoOrder", ALGO),
    ("GET", "/fapi/v1/openAlgoOrders", {}),
    ("GET", "/fapi/v1/allAlgoOrders", BTC),
    ("DELETE", "/fapi/v1/algoOpenOrders", BTC),
    ("GET", "/fapi/v3/account", {}),
    ("GET", "/fapi/v3/balance", {}),
    ("GET", "/fapi/v3/positionRisk", {}),
    ("GET", "/fapi/v2/positionRisk", BTC),
    ("GET", "/fapi/v1/symbolConfig", BTC),
    ("GET", "/fapi/v1/accountConfig", {}),
    ("GET", "/fapi/v1/commissionRate", BTC),
    ("GET", "/fapi/v1/leverageBracket", {}),
    ("GET", "/fapi/v1/positionSide/dual", {}),
    ("GET", "/fapi/v1/multiAssetsMargin", {}),
    ("GET", "/fapi/v1/userTrades", BTC),
    ("GET", "/fapi/v1/income", {}),
    ("GET", "/fapi/v1/forceOrders", {}),
    ("POST", "/fapi/v1/leverage", BTC | {"leverage": "50"}),
    ("POST", "/fapi/v1/marginType", {"symbol": "ETHUSDT", "marginType": "ISOLATED"}),
    ("POST", "/fapi/v1/positionMargin", BTC | {"amount": "100", "type": "1"}),
    ("POST", "/fapi/v1/listenKey", {}),
    ("PUT", "/fapi/v1/listenKey", {}),
]
OF_TRAILING = {"activatePrice", "priceRate"}  # the samples of orders are older than the algo book
NULL = {"icebergQuantity"}  # the samples say "None"
OF_FAILURE = {"code", "msg"}  # the samples of batches hold a success and a failure in one


async def say(venues, floor, method, path, query):
    status, told = await said(venues, floor, method, path, query)
    assert status == 200, told
    return told


async def said(venues, floor, method, path, query):
    """Ask as nobody's client would: by hand."""
    stamped = "&".join(f"{k}={v}" for k, v in query.items())
    stamped += f"&timestamp={venues.world.now}"
    signed = f"{stamped}&signature={signature(floor.keys.secret, stamped)}"
    async with (
        venues.session() as session,
        session.request(
            method,
            f"https://fapi.binance.com{path}",
            data=signed,
            headers={"X-MBX-APIKEY": floor.keys.key},
        ) as answer,
    ):
        return answer.status, await answer.json()


@pytest.fixture
async def busy(venues, floor):
    """An account to which everything has happened once."""
    isolated = BTC | {"marginType": "ISOLATED"}
    await say(venues, floor, "POST", "/fapi/v1/marginType", isolated)
    await say(venues, floor, "POST", "/fapi/v1/listenKey", {})
    market = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.2"}
    await say(venues, floor, "POST", "/fapi/v1/order", market)
    fate.deleverage(floor.ledger, "BTCUSDT", Decimal("0.1"), Decimal(50_500))
    resting = LIMIT | {"price": "49000", "newClientOrderId": "o1"}
    await say(venues, floor, "POST", "/fapi/v1/order", resting)
    stop = STOP | {"triggerPrice": "48000", "clientAlgoId": "s1"}
    await say(venues, floor, "POST", "/fapi/v1/algoOrder", stop)
    return floor


def wanted(expected):
    """A sample without what only other kinds of orders have."""
    if isinstance(expected, list):
        return [wanted(one) for one in expected]
    if isinstance(expected, dict) and "orderId" in expected:
        return {k: v for k, v in expected.items() if k not in OF_TRAILING | OF_FAILURE}
    if isinstance(expected, dict):
        return {k: v for k, v in expected.items() if k not in NULL}
    return expected


@pytest.mark.parametrize(("method", "path", "query"), ASKED, ids=[f"{m} {p}" for m, p, _ in ASKED])
async def test_answers(venues, busy, method, path, query):
    name = path.removeprefix("/").replace("/", "_")
    expected = sample(f"binance_official_sdk/rest_api/{method}_{name}.json")
    told = await say(venues, busy, method, path, query)
    assert list(lacking(wanted(expected), told)) == []


NEWS = {
    "binance_futures_rs/user_data_json/account_update.json": "ACCOUNT_UPDATE",
    "binance_futures_rs/user_data_json/order_update_trade.json": "ORDER_TRADE_UPDATE",
    "binance_futures_rs/user_data_json/trade_lite.json": "TRADE_LITE",
    "binance_futures_rs/user_data_json/algo_update_new.json": "ALGO_UPDATE",
}


@pytest.mark.parametrize("name", NEWS)
async def test_news(venues, floor, name):
    expected = sample(f"nautilus/{name}")
    key = (await say(venues, floor, "POST", "/fapi/v1/listenKey", {}))["listenKey"]
    async with (
        venues.session() as session,
        session.ws_connect(f"wss://fstream.binance.com/private/ws?listenKey={key}") as socket,
    ):
        await listens(floor)
        market = BTC | {"side": "BUY", "type": "MARKET", "quantity": "0.2"}
        await say(venues, floor, "POST", "/fapi/v1/order", market)
        stop = STOP | {"triggerPrice": "48000"}
        await say(venues, floor, "POST", "/fapi/v1/algoOrder", stop)
        heard = [await socket.receive_json(timeout=2) for _ in range(5)]
    told = [one for one in heard if one["e"] == NEWS[name]][-1]
    for trailing in ("AP", "cr"):
        expected.get("o", {}).pop(trailing, None)
    assert list(lacking(expected, told)) == []


REFUSED = [
    ("GET", "/fapi/v1/order", BTC | {"orderId": "1"}),
    ("DELETE", "/fapi/v1/order", BTC | {"orderId": "1"}),
    ("GET", "/fapi/v1/order", {"symbol": "NOPE", "orderId": "1"}),
    ("POST", "/fapi/v1/order", LIMIT | {"price": "49000", "quantity": "0.10001"}),
    ("POST", "/fapi/v1/order", LIMIT | {"price": "49000", "quantity": "90"}),
    ("POST", "/fapi/v1/order", LIMIT | {"price": "49000", "reduceOnly": "true"}),
    ("POST", "/fapi/v1/order", LIMIT | {"price": "49000", "positionSide": "LONG"}),
    ("POST", "/fapi/v1/order", STOP | {"stopPrice": "48000"}),
    ("POST", "/fapi/v1/algoOrder", STOP | {"triggerPrice": "60000"}),
    ("POST", "/fapi/v1/marginType", BTC | {"marginType": "CROSSED"}),
    ("POST", "/fapi/v1/positionSide/dual", {"dualSidePosition": "false"}),
]


@pytest.mark.parametrize("asked", REFUSED)
async def test_refusals_are_in_binances_own_words(venues, floor, asked):
    bodies = [one["body"] for one in sample("binance_error_payloads.json") if "body" in one]
    assert await refused(venues, floor, *asked) in bodies


async def refused(venues, floor, method, path, query):
    answer = await said(venues, floor, method, path, query)
    assert answer[0] == 400
    return answer[1]
