"""From text to views: strict about the whole, and about each symbol by itself."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.opinion import (
    Abstention,
    Doubt,
    Invalidation,
    InvalidationKind,
    Opinion,
    Silence,
)
from core.domain.trading import Side
from core.prompt import Faults, hallucinated, read_opinions
from core.prompt.opinions import HIGHEST, LOWEST, clash
from tests.core.prompt.answers import JUNK, answer, entry, mangled, silent, sober
from tests.core.prompt.sights import some_sheet

SHEET = some_sheet(2)
FIRST, SECOND = SHEET.shown
ALONE = some_sheet(1)


def read(*entries):
    """The only view of a sheet with one symbol."""
    (view,) = read_opinions(answer(*entries), ALONE, "gpt")
    return view


def test_one_view_for_each_question_in_the_order_they_were_asked():
    said = answer(entry(SECOND.alias, p_up=0.6), entry(FIRST.alias, p_up=0.4))
    views = read_opinions(said, SHEET, "gpt")

    assert [view.symbol for view in views] == [row.symbol for row in SHEET.rows]
    assert {view.symbol: view.p_up for view in views} == {FIRST.symbol: 0.4, SECOND.symbol: 0.6}


def test_an_opinion_carries_what_was_said_and_the_numbers_that_were_shown():
    view = read(entry(doubts=["stop_too_near"]))
    known = ALONE.rows[0].known

    assert view.analyst == "gpt"
    assert view.p_target_first == {Side.BUY: 0.31, Side.SELL: 0.26}
    assert [(e.code, e.value) for e in view.evidence] == [
        ("rsi", known["rsi"]),
        ("funding", known["funding"]),
    ]
    assert [e.code for e in view.counter] == ["rsi_long"]
    assert view.invalidation == Invalidation(InvalidationKind.PRICE_BELOW, -120.0)
    assert view.doubts == (Doubt.STOP_TOO_NEAR,)
    assert view.rationale == "The trend is up on every frame."


@pytest.mark.parametrize("reason", ["no_edge", "conflict", "data_gap", "out_of_scope"])
def test_an_abstention_keeps_its_reason_and_its_words(reason):
    view = read(silent(reason=reason))
    assert view == Abstention(
        "gpt", view.symbol, Silence(reason), note="The trend is up on every frame."
    )


def test_an_abstention_stays_one_whatever_else_is_said():
    assert read(silent(p_up=0.9)).reason is Silence.NO_EDGE
    assert read(silent(reason=None)).reason is Silence.INVALID
    assert read(silent(reason="budget")).reason is Silence.INVALID


def test_a_symbol_left_out_costs_that_symbol_only():
    views = read_opinions(answer(entry(FIRST.alias)), SHEET, "gpt")
    by_symbol = {view.symbol: view for view in views}

    assert isinstance(by_symbol[FIRST.symbol], Opinion)
    assert by_symbol[SECOND.symbol].reason is Silence.LEFT_OUT


def test_a_symbol_said_twice_counts_for_neither():
    assert read(entry(), entry()).reason is Silence.INVALID


def test_a_symbol_that_was_not_asked_about_is_nobody():
    views = read_opinions(answer(entry("SYM_Q"), entry("BTC")), SHEET, "gpt")
    assert {view.reason for view in views} == {Silence.LEFT_OUT}


@pytest.mark.parametrize(
    "p", [0.0, 1.0, 0.019, 0.981, -0.5, 54, True, None, "0.54", [0.5], 10**400, 10**-9]
)
@pytest.mark.parametrize("key", ["p_up", "p_long_target_first", "p_short_target_first"])
def test_what_is_no_probability_makes_no_opinion(key, p):
    assert read(entry(**{key: p})).reason is Silence.INVALID


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_does_not_know_is_a_fault(number):
    said = answer(entry()).replace("0.54", number)
    assert isinstance(read_opinions(said, ALONE, "gpt"), Faults)


def test_a_number_too_large_for_anybody_is_out_of_range():
    (view,) = read_opinions(answer(entry()).replace("0.54", "1e999"), ALONE, "gpt")
    assert view.reason is Silence.INVALID


@pytest.mark.parametrize(
    "parts",
    [
        {"abstain": "false"},
        {"abstain": 0},
        {"rationale": None},
        {"evidence": "rsi"},
        {"counter_evidence": [1]},
        {"doubts": None},
        {"leverage": 10},
    ],
)
def test_another_shape_than_asked_for_makes_no_opinion(parts):
    assert read(entry(**parts)).reason is Silence.INVALID


def test_a_field_left_out_makes_no_opinion():
    said = entry()
    del said["doubts"]
    assert read(said).reason is Silence.INVALID


def test_a_reason_to_abstain_beside_an_opinion_contradicts_it():
    assert read(entry(abstain_reason="no_edge")).reason is Silence.INCONSISTENT


@pytest.mark.parametrize(
    ("up", "long", "short"),
    [(0.60, 0.20, 0.36), (0.40, 0.36, 0.20), (0.56, 0.60, 0.45), (0.5, 0.9, 0.2)],
)
def test_probabilities_that_contradict_each_other_make_no_opinion(up, long, short):
    said = entry(p_up=up, p_long_target_first=long, p_short_target_first=short)
    assert read(said).reason is Silence.INCONSISTENT


@pytest.mark.parametrize(
    ("up", "long", "short"),
    [(0.54, 0.20, 0.36), (0.60, 0.25, 0.36), (0.60, 0.20, 0.30), (0.5, 0.28, 0.28)],
)
def test_what_is_merely_odd_is_heard(up, long, short):
    said = entry(p_up=up, p_long_target_first=long, p_short_target_first=short)
    assert isinstance(read(said), Opinion)


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_a_contradiction_is_one_seen_from_either_side(up, long, short):
    row = ALONE.rows[0]
    sides = {Side.BUY: long, Side.SELL: short}
    turned = {Side.BUY: short, Side.SELL: long}
    if not math.isclose(abs(up - 0.5), 0.05, abs_tol=1e-9):
        assert clash(up, sides, row) == clash(1 - up, turned, row)


def test_evidence_that_was_not_shown_is_dropped_and_counted():
    said = entry(evidence=["rsi", "moon_phase", "rsi"], counter_evidence=["news"])
    assert [e.code for e in read(said).evidence] == ["rsi"]
    assert hallucinated(answer(said, entry("SYM_Q")), ALONE) == 3
    assert hallucinated(sober(SHEET), SHEET) == 0
    assert hallucinated("no JSON", SHEET) == 0


def test_a_number_that_was_unknown_is_no_evidence():
    sheet = some_sheet(1, bare=True)
    (view,) = read_opinions(answer(entry(evidence=["funding"])), sheet, "gpt")
    assert view.evidence == ()
    assert hallucinated(answer(entry(evidence=["funding"], counter_evidence=[])), sheet) == 1


@pytest.mark.parametrize(
    "stated",
    [None, {"kind": "moon"}, {"kind": "moon", "level": 1}, {"kind": "time", "level": 1e9}, "none"],
)
def test_an_invalidation_that_means_nothing_is_none(stated):
    assert read(entry(invalidation=stated)).invalidation is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot help with that.",
        "null",
        "[]",
        '"opinions"',
        "{",
        '{"schema_version": "1"}',
        '{"schema_version": "2", "opinions": []}',
        '{"schema_version": "1", "opinions": {}}',
        '{"schema_version": "1", "opinions": [1]}',
        '{"schema_version": "1", "opinions": [], "note": ""}',
        '{"schema_version": "1", "opinions": [], "opinions": []}',
        "```json\n" + answer(entry()) + "\n```",
        "Here you are: " + answer(entry()),
        answer(entry()) + " I hope this helps!",
        "[" * 100_000,
        '{"a":' * 50 + "1" + "}" * 50,
        answer(entry(rationale="x" * 200_001)),
    ],
)
def test_what_cannot_be_read_as_a_whole_is_a_fault_with_words_for_its_author(text):
    faults = read_opinions(text, ALONE, "gpt")
    assert isinstance(faults, Faults)
    assert faults.found
    assert all(fault.endswith(".") and len(fault) < 200 for fault in faults.found)


def test_brackets_within_words_are_not_nesting():
    assert isinstance(read(entry(rationale='[[[[[[[[[[[[[[[[ "\\" {{{{{{{')), Opinion)


def test_words_are_cleaned_before_anybody_sees_them():
    odd = "ＢＵＹ\u202e now\u200b,\n\tand \ud83d\ude80\x07 again" + "!" * 400
    rationale = read(entry(rationale=odd)).rationale
    assert rationale.startswith("BUY now, and ")
    assert len(rationale) == 280
    assert rationale.isprintable()


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(read_opinions(text, SHEET, "gpt"), Faults)


@given(JUNK)
def test_no_json_breaks_the_reader(junk):
    said = json.dumps(junk)
    assert isinstance(read_opinions(said, SHEET, "gpt"), Faults)


@given(st.lists(mangled(entry()) | mangled(silent("SYM_B")) | JUNK, max_size=4))
def test_whatever_stands_in_an_answer_every_symbol_has_one_view_in_range(entries):
    views = read_opinions(answer(*entries), SHEET, "gpt")
    assert hallucinated(answer(*entries), SHEET) >= 0
    if isinstance(views, Faults):
        return
    assert [view.symbol for view in views] == [row.symbol for row in SHEET.rows]
    for view in views:
        if isinstance(view, Opinion):
            stated = (view.p_up, *view.p_target_first.values())
            assert all(LOWEST <= p <= HIGHEST for p in stated)
            known = SHEET.row(view.symbol).known
            assert all(known[e.code] == e.value for e in (*view.evidence, *view.counter))
