"""Weights in steps of five: together a hundred with cash, and none far from the truth."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.voices.weighing import STEP, weights_of

MONEY = st.decimals(0, 1_000_000, places=2)


def weigh(equity, **values):
    return weights_of({name: Decimal(value) for name, value in values.items()}, Decimal(equity))


def test_what_is_held_weighs_its_part_of_the_equity():
    assert weigh(10_000, BTC=2_600, ETH=900) == {"BTC": 25, "ETH": 10}


def test_with_leverage_each_weighs_its_part_of_all_that_is_held():
    assert weigh(10_000, BTC=15_000, ETH=5_000) == {"BTC": 75, "ETH": 25}


def test_thirds_err_least_where_one_of_them_is_rounded_up():
    assert weigh(90, A=30, B=30, C=30) == {"A": 35, "B": 35, "C": 30}


def test_without_money_nothing_weighs_anything():
    assert weigh(0, BTC=0) == {"BTC": 0}
    assert weigh(-5, BTC=0) == {"BTC": 0}
    assert weights_of({}, Decimal(10_000)) == {}


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), MONEY, max_size=9), MONEY)
def test_no_weight_is_a_step_away_from_the_truth_and_none_is_left_over(values, equity):
    weights = weights_of(values, equity)
    whole = max(equity, sum(values.values()))
    assert sum(weights.values()) <= 100
    assert all(weight % STEP == 0 and weight >= 0 for weight in weights.values())
    for name, weight in weights.items():
        assert whole == 0 or abs(weight - values[name] / whole * 100) < STEP
