"""Symbols and timeframes are found in the names people and venues give to files."""

import re

import pytest

from bot.market.names import fault_in, symbol_in, timeframe_in
from core.domain.market import Timeframe


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("BTCUSDT_1h.csv.gz", "BTC/USDT:USDT"),
        ("BTCUSDT-1h-2024-01.zip", "BTC/USDT:USDT"),
        ("BTCUSDT_mark_1h.csv", "BTC/USDT:USDT"),
        ("btcusdt.csv", "BTC/USDT:USDT"),
        ("1000PEPEUSDT_5m_2023-2024.csv.gz", "1000PEPE/USDT:USDT"),
        ("XRPETH_spot_1m_676gaps.csv.gz", "XRP/ETH:ETH"),
        ("UNITTEST_BTC_1m_538gaps.csv.gz", "UNITTEST/BTC:BTC"),
        ("BTC_USDT_USDT-1h-futures.csv", "BTC/USDT:USDT"),
        ("WBTC_USDT_1h.csv", "WBTC/USDT:USDT"),
        ("BTCFDUSD-1m.csv", "BTC/FDUSD:FDUSD"),
        ("USDCUSDT-1d.csv", "USDC/USDT:USDT"),
        ("Binance_ETHUSDC_d.csv", "ETH/USDC:USDC"),
        ("BTCUSDT-fundingRate-2024-01.csv", "BTC/USDT:USDT"),
        ("BTCKRW_1m.csv", "BTC/KRW"),
        ("binance_BTC_USDT_1h.csv", "BTC/USDT:USDT"),
        ("bybit-ETH-USDT-1h.csv", "ETH/USDT:USDT"),
        ("upbit_KRW-BTC.csv", "BTC/KRW"),
        ("upbit_KRW-BTC_1h.csv.gz", "BTC/KRW"),
        ("BTC-KRW_1h.csv", "BTC/KRW"),
        ("KRW.csv", None),
        ("candles_1h.csv", None),
        ("USDT.csv", None),
    ],
)
def test_the_symbol_is_read_from_the_name(name, symbol):
    assert symbol_in(name) == symbol


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("indexPriceKlines", "index"),
        ("BTCUSDT-premiumIndex-1h.csv", "index"),
        ("BTCUSDT_240329-1h-2024-01.zip", r"ends \(240329\)"),
    ],
)
def test_what_is_no_perpetual_is_refused(name, fault):
    assert re.search(fault, fault_in(name))


@pytest.mark.parametrize(
    "name", ["BTCUSDT-1h-2024-01.zip", "BTCUSDT_202401.csv", "markPriceKlines"]
)
def test_months_and_mark_prices_are_no_fault(name):
    assert fault_in(name) is None


def test_a_month_is_not_a_minute():
    assert timeframe_in("BTCUSDT_1m_x.csv") is Timeframe.M1
    assert timeframe_in("BTCUSDT_1M_x.csv") is None
    assert timeframe_in("BTCUSDT.csv") is None
