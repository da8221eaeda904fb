"""How much a prompt weighs, and that it stays small."""

import pytest

from core.prompt import indicators, market, risk, tokens
from tests.core.prompt.sights import some_sheet

TEN = some_sheet(10)


def test_letters_weigh_less_than_syllables():
    assert tokens("") == 0
    assert tokens("a" * 35) == 10
    assert tokens("가" * 10) == 10


@pytest.mark.parametrize("ask", [market, indicators])
def test_what_never_changes_takes_at_most_two_thousand_tokens(ask):
    assert tokens(ask(TEN).system) <= 2_000


@pytest.mark.parametrize(("ask", "most"), [(market, 8_000), (indicators, 4_000)])
def test_ten_symbols_fit_the_budget(ask, most):
    assert tokens(ask(TEN).system) + tokens(ask(TEN).user) <= most


def test_the_verifier_reads_little():
    assert tokens(risk([], [], TEN).system) <= 2_000
