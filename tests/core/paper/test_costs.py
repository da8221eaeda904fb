"""Costs that cannot be are refused at birth, and so are orders that wait for nothing."""

from decimal import Decimal

import pytest

from core.domain.trading import Side
from core.paper.costs import Costs
from core.paper.fills import liquidate
from core.paper.levels import level
from tests.core.paper.builders import START, market, page


@pytest.mark.parametrize("slippage", ["-0.1", "1"])
def test_slippage_is_a_fraction(slippage):
    with pytest.raises(ValueError, match="slippage"):
        Costs(slippage=Decimal(slippage))


@pytest.mark.parametrize("spread", ["-0.1", "0.5"])
def test_a_spread_is_a_fraction(spread):
    with pytest.raises(ValueError, match="spread"):
        Costs(spread=Decimal(spread))


def test_a_taker_pays_half_of_the_spread_beside_the_slippage():
    costs = Costs(slippage=Decimal("0.01"), spread=Decimal("0.02"))

    assert costs.taken == Decimal("0.02")
    assert costs.slipped(Decimal(100), Side.BUY) == 102


@pytest.mark.parametrize("share", ["-0.1", "1.1"])
def test_a_volume_share_is_a_fraction(share):
    with pytest.raises(ValueError, match="volume share"):
        Costs(volume_share=Decimal(share))


def test_slippage_makes_buying_dearer_and_selling_cheaper():
    costs = Costs(slippage=Decimal("0.01"))

    assert costs.slipped(Decimal(100), Side.BUY) == 101
    assert costs.slipped(Decimal(100), Side.SELL) == 99


def test_a_market_order_waits_for_no_price():
    with pytest.raises(ValueError, match="waits for no price"):
        level(market(Side.BUY))


def test_nothing_held_is_nothing_to_liquidate():
    assert liquidate(page(), START) == page()
