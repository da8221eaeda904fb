"""A stream calls a candle closed when it is, in the venue's own way, and never before."""

import json

import pytest

from tests.venues.generated import NOON
from tests.venues.series import MINUTE
from tests.venues.test_faults import everything

OKX = {"op": "subscribe", "args": [{"channel": "candle1m", "instId": "BTC-USDT-SWAP"}]}
GATE = {"channel": "futures.candlesticks", "event": "subscribe", "payload": ["1m", "BTC_USDT"]}
VENUES = {
    "binance": (
        "wss://fstream.binance.com/market/ws",
        {"method": "SUBSCRIBE", "params": ["btcusdt@kline_1m"], "id": 1},
        lambda m: (m["k"]["t"], m["k"]["x"]) if "k" in m else None,
    ),
    "bybit": (
        "wss://stream.bybit.com/v5/public/linear",
        {"op": "subscribe", "args": ["kline.1.BTCUSDT"]},
        lambda m: (m["data"][0]["start"], m["data"][0]["confirm"]) if "data" in m else None,
    ),
    "okx": (
        "wss://ws.okx.com/ws/v5/business",
        OKX,
        lambda m: (int(m["data"][0][0]), m["data"][0][-1] == "1") if "data" in m else None,
    ),
    "gate": (
        "wss://fx-ws.gateio.ws/v4/ws/usdt",
        GATE,
        lambda m: (
            (m["result"][0]["t"] * 1000, m["result"][0]["w"]) if m["event"] == "update" else None
        ),
    ),
}


@pytest.mark.parametrize("name", VENUES)
async def test_a_candle_is_closed_once_and_only_after_its_time(venues, name):
    address, request, read = VENUES[name]
    async with venues.session() as session, session.ws_connect(address) as socket:
        await socket.send_str(json.dumps(request))
        await socket.receive(timeout=2)
        await venues.trade("BTC", 95_000.0)
        await venues.advance(minutes=2, seconds=30)
        told = [found for message in await everything(socket) if (found := read(message))]
    assert [time for time, closed in told if closed] == [NOON, NOON + MINUTE]
    running = [time for time, closed in told if not closed]
    assert running == sorted(running)
    assert running[-1] == NOON + 2 * MINUTE
