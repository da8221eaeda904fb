"""How much a prompt weighs, and that it stays small."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prompt import indicators, market, risk, size_of, tokens
from tests.core.prompt.sights import some_sheet

TEN = some_sheet(10)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("the trend", 2),
        ("probability", 2),
        ("-110,-32", 4),
        ("64321.7", 4),
        ("추세", 2),
        ("one\n\ntwo", 3),
        ("snake_case", 3),
        ("caf\u00e9 \u2014", 2),
    ],
)
def test_a_text_weighs_its_pieces(text, count):
    assert tokens(text) == count


@given(st.text(), st.text())
def test_more_text_never_weighs_less(one, other):
    assert 0 <= tokens(one) <= tokens(one + other)


def test_what_is_paid_for_includes_the_schema():
    prompt = market(TEN)
    assert size_of(prompt) > tokens(prompt.system) + tokens(prompt.user)


@pytest.mark.parametrize("ask", [market, indicators])
def test_what_never_changes_takes_at_most_two_thousand_tokens(ask):
    assert tokens(ask(TEN).system) <= 2_000


@pytest.mark.parametrize(("ask", "most"), [(market, 8_000), (indicators, 4_000)])
def test_ten_symbols_fit_the_budget(ask, most):
    assert tokens(ask(TEN).system) + tokens(ask(TEN).user) <= most


def test_the_verifier_reads_little():
    assert tokens(risk([], [], TEN).system) <= 2_000
