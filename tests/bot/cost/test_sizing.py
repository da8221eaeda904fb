"""Questions are counted as they would really be asked, and answers as they would be read."""

import pytest

from bot.cost import answers
from bot.cost.assuming import USUAL
from bot.cost.market import markets, questions
from bot.cost.sizing import sizes
from core.domain.market import Timeframe
from core.domain.model import PromptKind, Said, Usage
from core.domain.opinion import Opinion
from core.domain.people import Language
from core.prompt import FEATURES, read_news, read_opinions, sheet
from tests.builders import NOON

MARKET, INDICATORS = PromptKind.MARKET, PromptKind.INDICATORS


def rows(count=3):
    seen = markets(count, Timeframe.H1)
    return sheet(seen, questions(seen), Language.EN)


def test_every_feature_has_a_number_so_that_no_real_prompt_is_longer():
    assert all(set(row.known) == set(FEATURES) for row in rows().rows)


def test_the_markets_are_the_same_for_the_same_question():
    assert rows().hash == rows().hash


@pytest.mark.parametrize("language", Language)
def test_the_answer_that_is_counted_can_be_read(language):
    asked = rows()
    views = read_opinions(answers.opinions(asked, language), asked, "model")
    assert all(isinstance(view, Opinion) and len(view.evidence) == 4 for view in views)


def test_so_can_the_one_about_news():
    coins = ("BTC", "ETH")
    said = Said(text=answers.tidings(coins, Language.EN, 2), usage=Usage(), model="m")
    assert len(read_news(said, coins, NOON)) >= 1


def test_more_coins_make_longer_questions_and_tables_longer_than_features():
    few, many = (sizes(n, Timeframe.H1, Language.EN, USUAL) for n in (2, 10))
    for kind in (MARKET, INDICATORS):
        assert many[kind].asked > few[kind].asked
        assert many[kind].said > 4 * few[kind].said
    assert many[MARKET].asked > many[INDICATORS].asked > many[PromptKind.RISK].asked


def test_ten_coins_make_a_question_of_some_eight_thousand_tokens():
    assert 6_000 < sizes(10, Timeframe.H1, Language.KO, USUAL)[MARKET].asked < 9_500
