"""Margin arithmetic against numbers that other desks published."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.instrument import MaintenanceTier
from core.domain.trading import Side
from core.margin import (
    RoundTrip,
    bankruptcy_price,
    fixed_risk_size,
    funding_fee,
    liquidation_buffer,
    liquidation_price,
    owes_funding,
    trade_profit,
    trade_profit_ratio,
    trailing_stop,
    validate_stake,
)

LONG, SHORT = Side.BUY, Side.SELL
TIER = MaintenanceTier(Decimal(0), Decimal("0.01"), Decimal("0.01"))
DAY = datetime(2021, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("side", "leverage", "entry", "amount", "expected"),
    [
        (SHORT, 5, 10, "1.0", 11.89108910891089),
        (SHORT, 3, 10, "1.0", 13.211221122079207),
        (SHORT, 5, 8, "1.0", 9.514851485148514),
        (SHORT, 5, 10, "0.6", 11.897689768976898),
        (LONG, 5, 10, "1.0", 8.070707070707071),
        (LONG, 5, 8, "1.0", 6.454545454545454),
        (LONG, 3, 10, "1.0", 6.723905723905723),
        (LONG, 5, 10, "0.6", 8.063973063973064),
    ],
)
def test_isolated_liquidation_is_binances(side, leverage, entry, amount, expected):
    size = Decimal(amount)
    wallet = size * entry / leverage

    price = liquidation_price(side, size, Decimal(entry), wallet, TIER)

    assert float(price) == pytest.approx(expected, rel=1e-9)


def test_a_long_that_paid_in_full_is_never_liquidated():
    assert liquidation_price(LONG, Decimal(1), Decimal(10), Decimal(10), TIER) == 0


@pytest.mark.parametrize(("side", "expected"), [(LONG, 8), (SHORT, 12)])
def test_bankruptcy_is_where_the_margin_is_gone(side, expected):
    assert bankruptcy_price(side, Decimal(3), Decimal(10), Decimal(6)) == expected


@given(
    st.sampled_from([LONG, SHORT]),
    st.integers(1, 50),
    st.decimals("0.001", "1000", places=3),
    st.decimals("0.1", "100000", places=1),
)
def test_liquidation_comes_before_bankruptcy(side, leverage, amount, entry):
    tier = MaintenanceTier(Decimal(0), Decimal("0.004"))
    margin = amount * entry / leverage
    liquidation = liquidation_price(side, amount, entry, margin, tier)
    bankruptcy = bankruptcy_price(side, amount, entry, margin)

    assert (liquidation - bankruptcy) * side.sign >= Decimal("-1e-15")


def test_the_buffer_keeps_a_stop_away_from_liquidation():
    stop = liquidation_buffer(Decimal("18.884"), Decimal("17.47"), Decimal("0.05"))

    assert stop == Decimal("17.5407")


@pytest.mark.parametrize(
    ("side", "leverage", "opened", "closed", "fee", "funding", "profit", "ratio"),
    [
        (LONG, 1, "2.0", "2.2", "0.0025", 0, 5.685, 0.09451371),
        (LONG, 1, "2.0", "2.2", "0.0025", 1, 6.685, 0.11113881),
        (LONG, 1, "2.0", "2.1", "0.0025", 0, 2.6925, 0.044763092),
        (LONG, 1, "2.0", "2.1", "0.003", 0, 2.661, 0.044239401),
        (LONG, 1, "2.0", "1.9", "0.003", 0, -3.3209999, -0.05521197),
        (LONG, 1, "2.0", "2.2", "0.003", 0, 5.652, 0.093965087),
        (LONG, 1, "2.0", "2.1", "0.0025", 1, 3.6925, 0.06138819),
        (LONG, 3, "2.0", "2.1", "0.0025", 1, 3.6925, 0.18416458),
        (SHORT, 1, "2.0", "2.1", "0.0025", 1, -2.3074999, -0.03855472),
        (SHORT, 3, "2.0", "2.1", "0.0025", 1, -2.3074999, -0.11566416),
        (LONG, 1, "2.0", "1.9", "0.0025", 1, -2.2925, -0.03811305),
        (LONG, 3, "2.0", "1.9", "0.0025", 1, -2.2925, -0.11433915),
        (SHORT, 1, "2.0", "1.9", "0.0025", 1, 3.7075, 0.06194653),
        (SHORT, 3, "2.0", "1.9", "0.0025", 1, 3.7075, 0.18583959),
        (LONG, 3, "2.0", "2.2", "0.0025", 1, 6.685, 0.33341645),
        (SHORT, 1, "2.0", "2.2", "0.0025", 1, -5.315, -0.08880534),
        (SHORT, 3, "2.0", "2.2", "0.0025", 1, -5.315, -0.26641604),
        (LONG, 1, "2.0", "2.1", "0.0025", -1, 1.6925, 0.02813798),
        (SHORT, 1, "2.2", "2.0", "0.0025", 0, 5.685, 0.08635224),
        (SHORT, 1, "2.2", "2.0", "0.0025", -1, 4.685, 0.07116276),
        (SHORT, 3, "2.2", "2.0", "0.0025", 1, 6.685, 0.3046252),
        (LONG, 3, "2.0", "2.2", "0.0025", -1, 4.685, 0.23366583),
    ],
)
def test_profit_counts_both_fees_and_funding(
    side, leverage, opened, closed, fee, funding, profit, ratio
):
    trip = RoundTrip(
        side=side,
        amount=Decimal(30),
        open_price=Decimal(opened),
        close_price=Decimal(closed),
        fee_open=Decimal("0.0025"),
        fee_close=Decimal(fee),
        funding=Decimal(funding),
        leverage=leverage,
    )

    assert float(trade_profit(trip)) == pytest.approx(profit, abs=1.01e-7)
    assert float(trade_profit_ratio(trip)) == pytest.approx(ratio, abs=1e-7)


@pytest.mark.parametrize(
    ("opened", "closed", "amount", "short_fee"),
    [
        ("01:00:00", "04:00:00", 30, "0"),
        ("00:00:00", "08:00:00", 30, "-0.0009141"),
        ("00:00:15", "08:00:00", 30, "-0.0002493"),
        ("00:00:01", "08:00:00", 30, "-0.0009141"),
        ("00:00:00", "07:59:59", 30, "-0.0006648"),
        ("00:00:00", "12:00:00", 30, "-0.0009141"),
        ("00:00:00", "08:00:00", 50, "-0.0015235"),
    ],
)
def test_funding_counts_the_stamps_that_were_held(opened, closed, amount, short_fee):
    rates = {DAY: Decimal("-8e-06"), DAY + timedelta(hours=8): Decimal("-3e-06")}
    start = datetime.fromisoformat(f"2021-09-01T{opened}+00:00")
    end = datetime.fromisoformat(f"2021-09-01T{closed}+00:00")
    held = [rate for stamp, rate in rates.items() if owes_funding(stamp, start, end)]
    mark = Decimal("2.77")

    assert sum(funding_fee(Decimal(-amount), mark, rate) for rate in held) == Decimal(short_fee)
    assert sum(funding_fee(Decimal(amount), mark, rate) for rate in held) == -Decimal(short_fee)


def test_a_long_pays_a_positive_rate():
    assert funding_fee(Decimal(2), Decimal(100), Decimal("0.0001")) == Decimal("-0.02")


def test_a_trailing_stop_follows_and_never_loosens():
    steps = [
        ("1.0", "0.05", "0.95"),
        ("0.96", "0.05", "0.95"),
        ("1.3", "0.1", "1.17"),
        ("1.2", "0.1", "1.17"),
        ("1.4", "0.1", "1.26"),
    ]
    stop = None
    for price, distance, expected in steps:
        stop = trailing_stop(stop, Decimal(price), Decimal(distance), LONG)
        assert stop == Decimal(expected)


@given(
    st.sampled_from([LONG, SHORT]),
    st.lists(st.decimals("1", "1000", places=2), min_size=1, max_size=20),
)
def test_no_path_of_prices_moves_a_trailing_stop_back(side, prices):
    stops = [trailing_stop(None, prices[0], Decimal("0.1"), side)]
    for price in prices:
        stops.append(trailing_stop(stops[-1], price, Decimal("0.1"), side))

    assert all((b - a) * side.sign >= 0 for a, b in pairwise(stops))


@pytest.mark.parametrize(
    ("equity", "fraction", "entry", "stop", "batch", "units", "hard_limit", "expected"),
    [
        (1000000, "0.001", "1.001", "1.0", 1000, 1, None, 1000000),
        (100000, "0.01", "3.0", "1.0", 1000, 1, None, 0),
        (1000000, "0.01", "1.0001", "1.0", 1000, 1, 500000, 500000),
        (1000000, "0.001", "1.0001", "1.0", 1000, 3, None, 3333000),
        (1000000, "0.001", "1.00087", "1.0", 25000, 4, None, 275000),
        (0, "0.001", "1.001", "1.0", 1000, 1, None, 0),
    ],
)
def test_a_fixed_risk_is_shared_and_rounded_down(
    equity, fraction, entry, stop, batch, units, hard_limit, expected
):
    size = fixed_risk_size(
        equity * Decimal(fraction),
        abs(Decimal(entry) - Decimal(stop)),
        hard_limit=Decimal(hard_limit) if hard_limit else None,
        unit_batch=Decimal(batch),
        units=units,
    )

    assert size == expected


def test_a_stop_at_the_entry_sizes_nothing():
    assert fixed_risk_size(Decimal(100), Decimal(0)) == 0


@given(st.decimals("0", "1e6", places=2), st.decimals("0.001", "1e4", places=3))
def test_a_fixed_risk_is_never_exceeded(risk, distance):
    size = fixed_risk_size(risk, distance, unit_batch=Decimal("0.001"))

    assert size * distance <= risk + Decimal("1e-15")


@pytest.mark.parametrize(
    ("stake", "minimum", "available", "maximum", "in_trade", "expected"),
    [
        (22, 11, 50, 10000, 0, 22),
        (100, 11, 500, 10000, 0, 100),
        (1000, 11, 500, 10000, 0, 500),
        (700, 11, 1000, 400, 0, 400),
        (20, 15, 10, 10000, 0, 0),
        (9, 11, 100, 10000, 0, 11),
        (1, 15, 10, 10000, 0, 0),
        (20, 50, 100, 10000, 0, 0),
        (1000, None, 1000, 10000, 0, 1000),
        (2000, 15, 2000, 3000, 1500, 1500),
    ],
)
def test_a_stake_fits_between_the_minimum_and_the_wallet(
    stake, minimum, available, maximum, in_trade, expected
):
    floor = None if minimum is None else Decimal(minimum)

    assert expected == validate_stake(
        Decimal(stake), floor, Decimal(available), Decimal(maximum), Decimal(in_trade)
    )
