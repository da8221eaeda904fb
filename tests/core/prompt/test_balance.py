"""Weights that make exactly 100, or a fault."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.people import Language
from core.prompt import Balance, Faults, balance, read_balance
from tests.core.prompt.answers import JUNK, mangled
from tests.core.prompt.sights import SYMBOLS, some_sheet

SHEET = some_sheet(2)
BY_ALIAS = {row.alias: row.symbol for row in SHEET.rows}


def weight(symbol="SYM_A", percent="30"):
    return {"symbol": symbol, "percent": percent}


def read(*weights, rationale="Equal parts."):
    said = {"schema_version": "1", "weights": list(weights), "rationale": rationale}
    return read_balance(json.dumps(said), SHEET)


def test_weights_come_back_under_their_real_names():
    suggested = read(weight(), weight("SYM_B", "45"), weight("CASH", "25"))
    assert suggested == Balance(
        weights={BY_ALIAS["SYM_A"]: 30, BY_ALIAS["SYM_B"]: 45}, cash=25, rationale="Equal parts."
    )


def test_a_symbol_left_out_weighs_nothing_and_the_rest_is_cash():
    suggested = read(weight(), weight("CASH", "10"))
    assert suggested.weights == {BY_ALIAS["SYM_A"]: 30, BY_ALIAS["SYM_B"]: 0}
    assert suggested.cash == 70
    assert read().cash == 100


@pytest.mark.parametrize(
    "weights",
    [
        [weight(percent="60"), weight("SYM_B", "45")],
        [weight(percent="60"), weight("CASH", "45")],
        [weight(), weight()],
        [weight("BTC")],
        [weight(percent="33")],
        [weight(percent=30)],
        [weight(percent="-5")],
        [weight([])],
        [weight() | {"leverage": 3}],
        [{}],
    ],
)
def test_what_makes_no_whole_is_a_fault(weights):
    assert isinstance(read(*weights), Faults)


def test_what_cannot_be_read_is_a_fault():
    assert isinstance(read_balance("half and half", SHEET), Faults)
    assert isinstance(read("half"), Faults)
    said = {"schema_version": "1", "weights": {}, "rationale": ""}
    assert isinstance(read_balance(json.dumps(said), SHEET), Faults)


def test_words_that_are_none_are_left_out():
    assert read(weight(), rationale=7).rationale == ""


@given(st.lists(mangled(weight()) | mangled(weight("SYM_B", "70")) | JUNK, max_size=4), JUNK)
def test_whatever_is_said_it_makes_a_hundred_or_a_fault(weights, rationale):
    suggested = read(*weights, rationale=rationale)
    if isinstance(suggested, Balance):
        assert sum(suggested.weights.values()) + suggested.cash == 100
        assert min(*suggested.weights.values(), suggested.cash) >= 0


def test_a_balance_makes_a_hundred():
    with pytest.raises(ValueError, match="100"):
        Balance(weights={"BTC": 50}, cash=40)


def test_what_is_held_belongs_to_what_was_asked():
    empty = balance(SHEET, {}, Language.EN)
    held = balance(SHEET, {SYMBOLS[0]: 40}, Language.EN)
    assert empty.input != held.input
    assert empty.system == held.system
