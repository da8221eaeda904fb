"""A second model may let pass, make smaller or veto; whatever it says, nothing becomes larger."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.objection import SCALES, Ground, Objector
from core.domain.trading import Side
from core.prompt import Faults, case_of, market, read_objections, risk
from tests.builders import CANDIDATE, DECISION
from tests.core.prompt.answers import JUNK, answer, mangled
from tests.core.prompt.cases import CASES, FIRST, HOLDINGS, SECOND, SHEET
from tests.core.prompt.sights import SYMBOLS


def verdict(symbol="SYM_A", said="approve", multiplier="1", **parts):
    whole = {
        "symbol": symbol,
        "verdict": said,
        "size_mult": multiplier,
        "reasons": [],
        "p_target_first": 0.31,
        "note": "Nothing speaks against it.",
    }
    return whole | parts


def read(*verdicts):
    return read_objections(answer(*verdicts, key="objections"), CASES, "claude")


def test_a_verdict_is_an_objection_under_the_symbols_real_name():
    said = verdict(said="reduce", multiplier="0.25", reasons=["crowded_funding", "moon"])
    objection = read(said)[FIRST.candidate.symbol]

    assert objection.by is Objector.VERIFIER
    assert objection.scale == Decimal("0.25")
    assert objection.grounds == (Ground.CROWDED_FUNDING,)
    assert objection.note == "Nothing speaks against it."
    assert objection.model == "claude"
    assert objection.p_target_first == 0.31


@pytest.mark.parametrize(
    ("said", "multiplier", "scale"),
    [
        ("approve", "1", "1"),
        ("approve", "0.5", "0.5"),
        ("approve", "0", "0"),
        ("reduce", "1", "0.5"),
        ("reduce", "0.5", "0.5"),
        ("reduce", "0.25", "0.25"),
        ("reduce", "0", "0"),
        ("veto", "1", "0"),
        ("veto", "0", "0"),
    ],
)
def test_of_a_verdict_and_a_multiplier_the_smaller_counts(said, multiplier, scale):
    assert read(verdict(said=said, multiplier=multiplier))[FIRST.candidate.symbol].scale == (
        Decimal(scale)
    )


def test_said_twice_the_smallest_counts():
    said = [verdict(), verdict(said="veto", multiplier="0"), verdict(said="reduce")]
    assert read(*said)[FIRST.candidate.symbol].scale == 0


def test_who_is_not_judged_is_absent():
    assert set(read(verdict(SECOND.row.alias))) == {SECOND.candidate.symbol}
    assert read() == {}
    assert read(verdict("SYM_Q")) == {}


@pytest.mark.parametrize(
    "parts",
    [
        {"multiplier": "2"},
        {"multiplier": 1},
        {"multiplier": "1.0"},
        {"said": "enlarge"},
        {"said": ["veto"]},
        {"leverage": 10},
    ],
)
def test_what_is_no_verdict_is_absent(parts):
    assert read(verdict(**parts)) == {}


@pytest.mark.parametrize("p", [None, 2, -1, True, "0.3", 10**400])
def test_a_forecast_that_is_none_is_left_out(p):
    assert read(verdict(p_target_first=p))[FIRST.candidate.symbol].p_target_first is None


def test_a_veto_counts_even_if_its_words_cannot_be_used():
    said = verdict(said="veto", multiplier="0", reasons="all", note=None)
    objection = read(said)[FIRST.candidate.symbol]
    assert (objection.scale, objection.grounds, objection.note) == (0, (), "")


def test_what_cannot_be_read_is_a_fault():
    assert isinstance(read_objections("Approved!", CASES, "claude"), Faults)
    assert isinstance(read_objections(answer(verdict()), CASES, "claude"), Faults)


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(read_objections(text, CASES, "claude"), Faults)


@given(st.lists(mangled(verdict()) | JUNK, max_size=4))
def test_whatever_is_said_no_candidate_becomes_larger(verdicts):
    found = read(*verdicts)
    if isinstance(found, Faults):
        return
    assert set(found) <= {case.candidate.symbol for case in CASES}
    for case in CASES:
        objection = found.get(case.candidate.symbol)
        if objection is not None:
            assert objection.scale in SCALES
            assert len(objection.note) <= 200
            assert case.candidate.opposed([objection]).scale <= case.candidate.scale


def test_positions_belong_to_what_was_asked_and_their_order_does_not():
    asked = risk(CASES, HOLDINGS, SHEET)
    assert asked == risk(CASES[::-1], HOLDINGS[::-1], SHEET)
    assert asked.input != risk(CASES, HOLDINGS[:1], SHEET).input
    assert asked.input != risk(CASES[:1], HOLDINGS, SHEET).input
    assert asked.input != market(SHEET).input


def test_a_case_knows_the_desks_numbers_and_no_voice():
    decision = replace(DECISION, symbol=SYMBOLS[0])
    case = case_of(replace(CANDIDATE, symbol=SYMBOLS[0], side=Side.SELL), decision, SHEET)
    assert case.text == (
        f"CANDIDATE {case.row.alias} short: p_up 0.560 p_target_first 0.440 break_even 0.380"
        " expected 21.0 disagreement 0.080"
    )
    text = risk([case], HOLDINGS, SHEET).user
    assert all(view.analyst not in text for view in decision.views)


def test_a_coin_that_is_not_on_the_sheet_has_no_name():
    text = json.dumps(risk(CASES, HOLDINGS, SHEET).user)
    assert "OTHER short" in text
    assert "PEPE" not in text
