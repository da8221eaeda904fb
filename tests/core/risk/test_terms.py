"""What a unit costs to lose and earns to win, fees and slippage included."""

from decimal import Decimal

from core.domain.trading import Side
from tests.core.risk.cases import TERMS

# Taker 0.05 %, maker 0.02 %, slippage 0.02 %.


def test_a_loss_is_the_way_to_the_stop_and_both_taker_fees_and_the_slip():
    loss = TERMS.loss_per_unit(Decimal(60_000), Decimal(59_000))

    assert loss == 1_000 + Decimal(30) + Decimal("29.5") + Decimal("11.8")


def test_a_short_pays_the_same_in_mirror_image():
    loss = TERMS.loss_per_unit(Decimal(59_000), Decimal(60_000))

    assert loss == 1_000 + Decimal("29.5") + Decimal(30) + Decimal(12)


def test_a_gain_leaves_as_a_maker_and_without_a_slip():
    gain = TERMS.gain_per_unit(Decimal(60_000), Decimal(62_000), Side.BUY)

    assert gain == 2_000 - Decimal(30) - Decimal("12.4")


def test_a_short_gains_downwards():
    gain = TERMS.gain_per_unit(Decimal(62_000), Decimal(60_000), Side.SELL)

    assert gain == 2_000 - Decimal(31) - Decimal(12)
