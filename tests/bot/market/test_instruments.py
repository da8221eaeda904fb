"""Known contracts follow the venue's rules; unknown ones get steps that fit their prices."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from bot.market.instruments import KNOWN, instrument
from core.domain.market import CandleFrame, Timeframe
from tests.bot.market.tables import BTC, frame


def flat(prices):
    column = np.array(prices)
    return CandleFrame(Timeframe.H1, np.arange(len(column)), *(column,) * 4, np.ones(len(column)))


@pytest.mark.parametrize("contract", KNOWN.values(), ids=lambda contract: contract.base)
def test_the_deductions_make_maintenance_margin_continuous(contract):
    assert contract.tiers[0].floor == 0
    for lower, upper in pairwise(contract.tiers):
        edge = upper.floor
        assert edge * lower.rate - lower.deduction == edge * upper.rate - upper.deduction


@pytest.mark.parametrize("contract", KNOWN.values(), ids=lambda contract: contract.base)
def test_no_leverage_is_liquidated_at_once(contract):
    assert contract.tiers[0].rate * contract.max_leverage < 1


def test_a_known_symbol_ignores_the_prices():
    bitcoin = instrument(BTC, frame([1.2345]))
    assert bitcoin.tick_size == Decimal("0.1")
    assert bitcoin.min_notional == 100
    assert bitcoin.tier(Decimal(700_000)).rate == Decimal("0.0065")
    assert instrument("SOL/USDT:USDT", frame([1.0])).gap == Decimal("0.15")


@pytest.mark.parametrize(
    ("prices", "tick", "step"),
    [
        ([0.01234, 0.01235], "0.00001", "1"),
        ([3.25, 3.5], "0.01", "1"),
        ([27.0, 28.0], "1", "0.1"),
        ([43210.5], "0.1", "0.0001"),
        ([0.1 + 0.2], "0.00000001", "1"),
    ],
)
def test_an_unknown_symbol_gets_steps_that_fit_its_prices(prices, tick, step):
    unknown = instrument("NEW/USDT:USDT", flat(prices))
    assert unknown.tick_size == Decimal(tick)
    assert unknown.step_size == Decimal(step)
    assert unknown.min_notional == 5
    assert unknown.gap == Decimal("0.30")
    assert unknown.max_leverage == 20


def test_the_default_tiers_are_continuous_too():
    tiers = instrument("NEW/USDT:USDT", frame([1.5])).tiers
    for lower, upper in pairwise(tiers):
        assert upper.deduction - lower.deduction == upper.floor * (upper.rate - lower.rate)
