"""Money and moments survive a database that knows neither."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.storage.columns import Moment, Money
from tests.builders import NOON

DIALECT = sqlite.dialect()
MOMENTS = st.datetimes(timezones=st.just(UTC))


def stored(moment):
    return Moment().process_bind_param(moment, DIALECT)


@settings(max_examples=50)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_money_comes_back_digit_for_digit(amount):
    digits = Money().process_bind_param(amount, DIALECT)

    assert str(Money().process_result_value(digits, DIALECT)) == str(amount)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_money_is_a_number(amount):
    with pytest.raises(ValueError, match="money must be a number"):
        Money().process_bind_param(Decimal(amount), DIALECT)


@settings(max_examples=50)
@given(MOMENTS)
def test_a_moment_comes_back_to_the_microsecond(moment):
    assert Moment().process_result_value(stored(moment), DIALECT) == moment


@settings(max_examples=50)
@given(MOMENTS, MOMENTS)
def test_moments_sort_as_their_numbers_do(one, other):
    assert (one < other) == (stored(one) < stored(other))


def test_a_moment_of_another_zone_comes_back_in_utc():
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))

    back = Moment().process_result_value(stored(seoul), DIALECT)

    assert (back, back.tzinfo) == (NOON, UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="a time needs its zone"):
        stored(datetime(2024, 1, 1))


def test_nothing_stays_nothing():
    assert stored(None) is None
    assert Money().process_bind_param(None, DIALECT) is None
