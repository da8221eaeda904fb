"""What people type is read as they mean it, or refused in one sentence."""

import argparse
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot import typed
from core.domain.people import Approval


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (typed.day, "2024-02-29", date(2024, 2, 29)),
        (typed.days, "365", 365),
        (typed.count, "1", 1),
        (typed.length, "90m", timedelta(minutes=90)),
        (typed.length, "3d", timedelta(days=3)),
        (typed.symbols, "btc,ETH/USDT", ("BTC/USDT:USDT", "ETH/USDT:USDT")),
        (typed.symbols, "BTC/KRW", ("BTC/KRW",)),
        (typed.symbols, "kPEPE/USDC:USDC,kas", ("kPEPE/USDC:USDC", "KAS/USDT:USDT")),
        (typed.seed, "0", 0),
        (typed.sum_of_money, "2500.50", Decimal("2500.50")),
        (typed.fraction, "0.0002", Decimal("0.0002")),
        (typed.fraction, "0.02%", Decimal("0.0002")),
        (typed.fraction, "0", Decimal(0)),
        (typed.named, " horizon = 24 ", ("horizon", "24")),
        (typed.named, "voices=trend,breakout", ("voices", "trend,breakout")),
        (typed.one_of(Approval, Approval.SMALL), "ask", Approval.ASK),
    ],
)
def test_a_value_is_read(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (typed.day, "1969-12-31"),
        (typed.day, "9999-12-31"),
        (typed.days, "0"),
        (typed.days, "36501"),
        (typed.count, "-1"),
        (typed.length, "0d"),
        (typed.length, "3w"),
        (typed.length, ""),
        (typed.count, "٣"),
        (typed.seed, "1e3"),
        (typed.seed, "12345678901"),
        (typed.sum_of_money, "0"),
        (typed.sum_of_money, "nan"),
        (typed.sum_of_money, "much"),
        (typed.fraction, "1"),
        (typed.fraction, "-0.1"),
        (typed.fraction, "inf"),
        (typed.fraction, "%"),
        (typed.named, "horizon"),
        (typed.named, "=3"),
        (typed.named, "horizon="),
        (typed.one_of(Approval, Approval.SMALL), "small"),
    ],
)
def test_what_is_none_is_refused(read, text):
    with pytest.raises(argparse.ArgumentTypeError, match=r".+"):
        read(text)
