"""What should not be, at the last number that may and the first that may not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.trading import OrderType, Side
from core.guard.anomalies import diverged, far_from, leaked, money, slipped
from tests.builders import fill, funding, instrument, order

SMALL_COIN = instrument(gap=Decimal("0.30"))
BITCOIN = instrument(gap=Decimal("0.06"))
PRICE = Decimal(50_000)
TICK = Decimal("0.01")


def stop(side):
    return order(
        side=side, type=OrderType.STOP_MARKET, price=None, stop_price=PRICE, reduce_only=True
    )


@pytest.mark.parametrize("side", Side)
def test_a_stop_may_slip_by_half_of_the_feared_gap(side):
    edge = PRICE * (1 + side.sign * Decimal("0.03"))
    assert slipped(fill(price=edge, side=side), stop(side), BITCOIN) is None
    past = fill(price=edge + side.sign * TICK, side=side)
    assert slipped(past, stop(side), BITCOIN) > Decimal("0.03")
    assert slipped(past, stop(side), SMALL_COIN) is None


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("kind", [OrderType.IOC, OrderType.LIMIT, OrderType.POST_ONLY])
def test_what_was_limited_never_fills_beyond_its_limit(side, kind):
    limited = order(side=side, type=kind, price=PRICE)
    rounded = fill(price=PRICE * (1 + side.sign * Decimal("0.0005")), side=side)
    assert slipped(rounded, limited, SMALL_COIN) is None
    beyond = fill(price=rounded.price + side.sign * TICK, side=side)
    assert slipped(beyond, limited, SMALL_COIN) is not None


@given(st.decimals("0.0001", "100000", places=4), st.sampled_from(Side))
def test_a_better_price_is_never_an_alarm(better, side):
    price = PRICE - side.sign * min(better, PRICE - 1)
    assert slipped(fill(price=price, side=side), stop(side), BITCOIN) is None


def test_a_market_order_has_no_price_of_its_own():
    market = order(type=OrderType.MARKET, price=None)
    assert slipped(fill(price=Decimal(1)), market, BITCOIN) is None


def test_a_fill_may_lie_a_third_of_the_gap_outside_of_the_marks_of_its_time():
    low, high = Decimal(49_000), Decimal(51_000)
    third = Decimal("0.06") * Decimal("0.33")
    assert far_from(PRICE, low, high, BITCOIN) is None
    assert far_from(high * (1 + third), low, high, BITCOIN) is None
    assert far_from(high * (1 + third) + TICK, low, high, BITCOIN) > third
    assert far_from(low * (1 - third), low, high, BITCOIN) is None
    assert far_from(low * (1 - third) - TICK, low, high, BITCOIN) > third


def test_the_mark_of_2021_12_04_is_an_alarm():
    """The last price fell to 40,889 where the mark stopped at 43,404."""
    far = far_from(Decimal(40_889), Decimal(43_404), Decimal(53_000), BITCOIN)
    assert round(far, 3) == Decimal("0.058")


def test_two_words_for_one_price_may_differ_by_what_some_seconds_bring():
    edge = PRICE * Decimal("0.06") * Decimal("0.16")
    assert diverged(PRICE + edge, PRICE, BITCOIN) is None
    assert diverged(PRICE + edge + TICK, PRICE, BITCOIN) is not None
    assert diverged(PRICE - edge - TICK, PRICE, BITCOIN) is not None


def test_the_wallet_moves_by_profit_fees_and_funding():
    lived = [
        fill(realized_pnl=Decimal(0), fee=Decimal("0.8")),
        fill(realized_pnl=Decimal(25), fee=Decimal("0.9")),
        funding(amount=Decimal("-0.17")),
    ]
    assert money(lived) == Decimal("23.13")


def test_roundings_are_forgiven_and_more_is_not():
    assert leaked(Decimal(10_000), Decimal(9_980)) is None
    assert leaked(Decimal(10_000), Decimal("9979.99")) == Decimal("20.01")
    assert leaked(Decimal(10_000), Decimal(10_500)) is None
    assert leaked(Decimal(100), Decimal(99)) is None
    assert leaked(Decimal(100), Decimal("98.99")) == Decimal("1.01")
