"""What a venue calls out is heard candle by candle, and nothing of it ends the listening."""

import math
from types import SimpleNamespace

import pytest

from bot.exchanges.ears import overhear
from bot.exchanges.opening import client_of
from bot.exchanges.venues import venue_named

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
SECOND = 1_767_225_600
START, STEP = SECOND * 1000, 60_000
IDS = {
    "binance": "{}USDT",
    "bybit": "{}USDT",
    "okx": "{}-USDT-SWAP",
    "bitget": "{}USDT",
    "gate": "{}_USDT",
    "hyperliquid": "{}",
}


def market(name, base):
    kind = {"type": "swap", "swap": True, "contract": True, "linear": True, "inverse": False}
    kind |= dict.fromkeys(("spot", "future", "option", "margin"), False)
    ids = {"id": IDS[name].format(base), "base": base, "quote": "USDT", "settle": "USDT"}
    ids |= {"baseId": base, "quoteId": "USDT", "settleId": "USDT", "info": {}, "active": True}
    sizes = {"contractSize": 1, "precision": {}, "limits": {}}
    return {"symbol": f"{base}/USDT:USDT", **kind, **ids, **sizes}


def hear(name, *messages):
    """Everything that is heard of them, through ccxt."""
    venue, told = venue_named(name), []
    client = client_of(venue)
    client.set_markets([market(name, base) for base in ("BTC", "ETH")])

    def heard(symbol, _timeframe, row, is_final):
        told.append((symbol, row[0], row[4], is_final))

    overhear(client, venue, heard, lambda: None)
    connection = SimpleNamespace(resolve=lambda *_: None, url="wss://stream.bybit.com/v5/linear")
    for message in messages:
        client.handle_ohlcv(connection, message)
    return told


def binance(**cells):
    usual = {"t": START, "o": "10", "h": "12", "l": "9", "c": "11", "v": "3", "x": False}
    kline = usual | {"s": "BTCUSDT", "i": "1m"} | cells
    return {"e": "kline", "s": "BTCUSDT", "k": kline}


def gate(*candles):
    usual = {"t": SECOND, "o": "10", "h": "12", "l": "9", "c": "11", "v": 3, "w": False}
    result = [usual | {"n": "1m_BTC_USDT"} | one for one in candles]
    return {"channel": "futures.candlesticks", "event": "update", "result": result}


def bybit(*candles):
    usual = {"open": "10", "high": "12", "low": "9", "close": "11", "volume": "3"}
    data = [usual | {"start": START, "interval": "1", "confirm": False} | one for one in candles]
    return {"topic": "kline.1.BTCUSDT", "type": "snapshot", "data": data}


def okx(*candles):
    data = [[str(START), "10", "12", "9", "11", "3", "3", "33", "0"], *candles]
    return {"arg": {"channel": "candle1m", "instId": "BTC-USDT-SWAP"}, "data": data}


@pytest.mark.parametrize("cell", ["o", "h", "l", "c", "v", "t"])
@pytest.mark.parametrize("told", [None, "", "soon", "inf", math.inf, math.nan], ids=repr)
def test_a_candle_with_a_cell_that_is_no_number_is_not_heard_and_the_next_one_is(cell, told):
    broken, whole = binance(**{cell: told}), binance(c="10.5")
    assert hear("binance", broken, whole, broken) == [(BTC, START, 10.5, False)]


def test_what_ccxt_cannot_read_is_said_and_does_not_hide_what_stands_beside_it(caplog):
    assert hear("gate", gate({"n": None}, {"w": True})) == [(BTC, START, 11.0, True)]
    assert caplog.messages[0].startswith("Gate called out nonsense: ")


def test_each_of_several_symbols_is_heard_with_its_own_word():
    told = hear("gate", gate({"w": True}, {"n": "1m_ETH_USDT", "c": "9.5"}))
    assert told == [(BTC, START, 11.0, True), (ETH, START, 9.5, False)]


def test_two_words_on_the_same_candle_are_heard_in_order():
    told = hear("gate", gate({"c": "10.5"}, {"w": True}))
    assert told == [(BTC, START, 10.5, False), (BTC, START, 11.0, True)]


def test_a_candle_that_closed_is_heard_beside_the_one_that_begins():
    told = hear("bybit", bybit({"confirm": True}, {"start": START + STEP}))
    assert told == [(BTC, START, 11.0, True), (BTC, START + STEP, 11.0, False)]
    closed = [str(START + STEP), "10", "12", "9", "11", "3", "3", "33", "1"]
    told = hear("okx", okx(closed))
    assert told == [(BTC, START, 11.0, False), (BTC, START + STEP, 11.0, True)]


def test_of_a_venue_that_tells_its_last_hours_the_newest_candle_is_heard():
    row = ["10", "12", "9", "11", "3", "33", "33"]
    data = [[str(START + STEP * place), *row] for place in range(3)]
    message = {"action": "snapshot", "arg": {"channel": "candle1m", "instId": "BTCUSDT"}}
    assert hear("bitget", message | {"data": data}) == [(BTC, START + 2 * STEP, 11.0, False)]
