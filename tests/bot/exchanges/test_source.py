"""A venue's history and contracts where its answers lack something, without a venue."""

from types import SimpleNamespace

import pytest

from bot.exchanges.abilities import Ability
from bot.exchanges.source import CcxtSource
from bot.exchanges.venues import venue_named
from bot.market.instruments import cautious_tiers
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
