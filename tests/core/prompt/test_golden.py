"""Every prompt word for word. A text that changes needs a new version, and a golden file of that name."""

from pathlib import Path

import pytest

from core.domain.model import PromptKind
from core.domain.people import Language
from core.prompt import PROMPT_VERSIONS, balance, indicators, market, news, risk
from tests.builders import NOON
from tests.core.prompt.cases import CASES, HOLDINGS, headline
from tests.core.prompt.sights import SYMBOLS, some_sheet

GOLDEN = Path(__file__).parent / "golden"
SHEET, BARE = some_sheet(1), some_sheet(2, bare=True)
HEADLINES = (
    headline(),
    headline("비트코인, 거래소 유입 늘어", id="f2", coins=("BTC",), language=Language.KO),
)
PROMPTS = {
    PromptKind.MARKET: market(SHEET),
    PromptKind.INDICATORS: indicators(SHEET),
    PromptKind.RISK: risk(CASES, HOLDINGS, BARE),
    PromptKind.NEWS: news(("ETH", "BTC"), HEADLINES, NOON, Language.KO),
    PromptKind.BALANCE: balance(BARE, {SYMBOLS[0]: 40}, Language.KO),
}


KINDS = [kind for kind in PROMPT_VERSIONS if kind is not PromptKind.CHAT]  # tests/core/ask


def spelled(prompt):
    return f"{prompt.system}\n--- from here on it is another text each time ---\n\n{prompt.user}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_prompt_is_what_it_was(kind):
    golden = GOLDEN / f"{kind}-{PROMPT_VERSIONS[kind]}.txt"
    assert spelled(PROMPTS[kind]) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_prompt_says_what_and_which_it_is(kind):
    prompt = PROMPTS[kind]
    assert (prompt.kind, prompt.version) == (kind, PROMPT_VERSIONS[kind])
    assert len(prompt.input) == 16


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_first_names_no_date_and_makes_nobody_of_the_model(kind):
    system = PROMPTS[kind].system
    assert not any(f"20{year}" in system for year in range(20, 40))
    assert not any(word in system for word in ("You are", "legend", "expert", "profit"))


def test_what_comes_first_is_the_same_for_all_inputs():
    assert market(some_sheet(3)).system == PROMPTS[PromptKind.MARKET].system
    assert indicators(BARE).system == PROMPTS[PromptKind.INDICATORS].system
    assert risk((), (), SHEET).system == PROMPTS[PromptKind.RISK].system
    assert balance(SHEET, {}, Language.EN).system == PROMPTS[PromptKind.BALANCE].system
    assert news(("SOL",), (), NOON, Language.EN).system == PROMPTS[PromptKind.NEWS].system


def test_only_news_may_be_searched_for():
    assert {kind for kind, prompt in PROMPTS.items() if prompt.searches} == {PromptKind.NEWS}


def test_the_same_question_is_asked_of_candles_and_of_features():
    one, other = PROMPTS[PromptKind.MARKET], PROMPTS[PromptKind.INDICATORS]
    assert one.schema == other.schema
    assert one.input == other.input
    assert "candles, oldest first" not in other.user


def test_people_are_answered_in_their_language():
    assert market(some_sheet(1, Language.KO)).user.endswith("Write every rationale in Korean.")
    assert market(SHEET).user.endswith("Write every rationale in English.")
