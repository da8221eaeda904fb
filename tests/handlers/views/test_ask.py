"""Whatever a model writes is shown as plain words that do nothing."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram.formatting import parsed
from bot.words import load_words
from core.ask.asking import Answer
from core.domain.market import Origin
from core.domain.model import Failure
from core.domain.people import Language
from core.domain.talk import Suggested
from handlers.ask import only_shows
from handlers.screens import TEXT_LIMIT, pieces, visible_length
from handlers.views.ask import answered, harmless, written
from handlers.views.view import Verb
from handlers.words import Reader
from tests.builders import person

WORDS = load_words()
READER = Reader(person(), WORDS[Language.EN])
TAPPED = {"bot_command", "url", "text_link", "mention", "email"}
NASTY = st.text(
    st.sampled_from("<>&\"'/@.:#*_`\n\\ \u202e\u200b") | st.characters(codec="utf-8"), max_size=300
)
LURES = st.sampled_from(
    (
        "/panic",
        "https://evil.example",
        "@evil_bot",
        "t.me/x",
        "<a href='x'>",
        "</code>",
        "&lt;b&gt;",
    )
)


def never(_suggestion):
    return False


@given(st.lists(NASTY | LURES).map("".join))
def test_no_text_is_markup_and_nothing_in_it_can_be_tapped(text):
    html = harmless(text)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<code>", "</code>"}
    entities = parsed(html, "HTML", None).entities
    assert not TAPPED & {entity.type for entity in entities}


@given(st.text(max_size=20).map(lambda text: text * 1_000))
def test_an_answer_always_fits_into_one_message(text):
    answer = Answer(text=text, suggestions=(Suggested("panic", "x" * 60),) * 3, cost=Decimal(1))
    view = answered(READER, answer, never)
    assert visible_length(f"PAPER · synthetic data\n{view.text}") <= TEXT_LIMIT
    assert len(list(pieces(view.text))) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("BTC/USDT:USDT long, 3.5R, 12:30 UTC.", "BTC/USDT:USDT long, 3.5R, 12:30 UTC."),
        ("**Bold** and ## not", "Bold and ## not"),
        ("## Heading\n\nText", "Heading\n\nText"),
        ("See /chart BTC.", "See <code>/chart</code> BTC."),
        ("a & b < c", "a &amp; b &lt; c"),
        ("왜냐하면 추세가 강했습니다.", "왜냐하면 추세가 강했습니다."),
    ],
)
def test_ordinary_words_stay_as_they_are(text, shown):
    assert harmless(text) == shown


def test_before_the_first_word_a_draft_is_empty():
    assert written(READER, Origin.LIVE, " \n") == ""


def test_a_suggestion_is_a_button_only_where_it_just_shows_something():
    both = (Suggested("chart", "BTC 4h"), Suggested("panic"))
    view = answered(READER, Answer(text="Look.", suggestions=both), only_shows)
    ((key,),) = view.keyboard
    assert (key.label, key.verb, key.subject, key.argument) == (
        "/chart BTC 4h",
        Verb.SUGGESTED,
        "chart",
        "BTC 4h",
    )
    assert "To do this, send <code>/panic</code> yourself." in view.text


@pytest.mark.parametrize("language", Language)
def test_an_answer_without_words_says_so(language):
    t = WORDS[language]
    assert answered(Reader(person(), t), Answer(), never).text == t("ask.nothing")


def test_where_nothing_came_it_does_not_say_that_something_is_missing():
    nothing = Answer(text="", failure=Failure.UNPAID)
    assert answered(READER, nothing, never).text == "No answer: account not paid."
    half = Answer(text="It was", failure=Failure.TRUNCATED)
    assert answered(READER, half, never).text.endswith(
        "The answer is not complete: answer cut off."
    )
