"""A venue's history and contracts where its answers lack something, without a venue."""

import math
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.exchanges.abilities import Ability
from bot.exchanges.source import CcxtSource
from bot.exchanges.venues import venue_named
from bot.market.instruments import cautious_tiers
from core.domain.market import Timeframe, to_millis
from tests.builders import NOON
from tests.fakes import FakeClock

NEW = "NEW/USDT:USDT"
ROWS = [
    {"minNotional": 0, "maintenanceMarginRate": 0.004, "maxLeverage": 100},
    {"minNotional": 1_000, "maintenanceMarginRate": 0.005, "maxLeverage": 75},
]
MARKET = {
    "symbol": NEW,
    "quote": "USDT",
    "swap": True,
    "linear": True,
    "contractSize": 0.01,
    "precision": {"amount": 1, "price": 0.1},
}


class Lister:
    """OKX, as far as it is asked; it counts what a tier holds in contracts."""

    venue = venue_named("okx")

    def __init__(self, last):
        self.client = SimpleNamespace(precisionMode=4, markets={NEW: MARKET})
        self.last = last

    def can(self, ability):
        return ability is Ability.TIERS

    async def markets(self, *, again):
        return self.client.markets

    async def __call__(self, call, *_arguments):
        return {"fetch_market_leverage_tiers": ROWS, "fetch_ticker": {"last": self.last}}[call]


async def tiers(last):
    return (await CcxtSource(Lister(last), FakeClock()).listing([NEW]))[NEW].tiers


async def test_tiers_told_in_contracts_are_counted_in_the_quote_at_todays_price():
    assert [tier.floor for tier in await tiers(90_000.0)] == [0, 900_000]
    assert [tier.deduction for tier in await tiers(90_000.0)] == [0, 900]


@pytest.mark.parametrize("last", [None, 0, "soon"])
async def test_tiers_told_in_contracts_stay_cautious_without_a_price(last):
    assert await tiers(last) == cautious_tiers()


class Archive:
    """Binance, as far as it is asked for candles."""

    venue = venue_named("binance")
    client = SimpleNamespace(precisionMode=4, markets={NEW: MARKET}, timeframes={"1m": "1m"})

    def __init__(self, rows):
        self.rows = rows

    async def markets(self, *, again):
        return self.client.markets

    def heard_json(self):
        return True

    async def __call__(self, _call, *_arguments):
        return self.rows


MINUTE = 60_000
TRUE = [to_millis(NOON), 10.0, 12.0, 9.0, 11.0, 3.0]


def row(minute, **cells):
    opened = {"time": TRUE[0] + minute * MINUTE}
    usual = dict(zip(("time", "open", "high", "low", "close", "volume"), TRUE, strict=True))
    return list((usual | opened | cells).values())


@pytest.mark.parametrize(
    "cells",
    [
        {"high": 8.0},
        {"low": 13.0},
        {"low": 0.0},
        {"close": 13.0},
        {"open": 8.0},
        {"volume": -1.0},
        {"volume": math.inf},
        {"high": math.inf},
        {"close": math.nan},
        {"open": None},
        {"time": math.inf},
    ],
    ids=repr,
)
async def test_rows_that_cannot_be_true_are_left_out_and_said_once_an_answer(cells, caplog):
    rows = [row(0), row(1, **cells), row(2), row(3, **cells), row(4, volume=None)]
    source = CcxtSource(Archive(rows), FakeClock(NOON + timedelta(hours=1)))
    frame = await source.candles(NEW, Timeframe.M1, NOON, 10)
    assert frame.time.tolist() == [row(minute)[0] for minute in (0, 2, 4)]
    assert caplog.messages == ["Binance told 2 candles that cannot be true"]
