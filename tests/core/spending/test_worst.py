"""What is set aside is never less than what the answer costs."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.domain.model import Model, Price, Repair, Usage
from core.spending.worst import A_SEARCH, FRAME, most_tokens, worst_case
from tests.model_fakes import MODEL, PROMPT

COST = st.decimals(0, 100, places=4)


@st.composite
def prices(draw):
    """Reading from a cache is never dearer than reading."""
    return Price(
        input=(price := draw(COST)),
        output=draw(COST),
        cached=draw(st.decimals(0, price, places=4)),
        cache_write=draw(COST),
        search=draw(st.decimals(0, 1, places=4)),
    )


@given(prices(), st.text(), st.text(), st.integers(0, 3), st.data())
def test_no_answer_costs_more_than_was_set_aside(price, system, user, searches, data):
    prompt = replace(PROMPT, system=system, user=user, searches=searches)
    model = replace(MODEL, price=price)
    read = data.draw(st.integers(0, most_tokens(prompt)))
    cached = data.draw(st.integers(0, read))
    written = data.draw(st.integers(0, read - cached))
    output = data.draw(st.integers(0, model.max_output))
    usage = Usage(
        input=read - cached - written,
        cached=cached,
        cache_write=written,
        output=output,
        reasoning=data.draw(st.integers(0, output)),
        searches=data.draw(st.integers(0, searches)),
    )
    assert price.of(usage) <= worst_case(model, prompt)


def test_every_byte_may_be_a_token_and_a_search_brings_pages():
    plain = replace(PROMPT, system="", user="", schema={})
    assert most_tokens(plain) == FRAME + 2
    assert most_tokens(replace(plain, user="반론")) == FRAME + 2 + 6
    assert most_tokens(replace(plain, searches=2)) == FRAME + 2 + 2 * A_SEARCH
    assert most_tokens(plain, Repair("said", ("one", "two"))) == FRAME + 2 + 10


def test_half_a_character_can_be_counted():
    assert most_tokens(replace(PROMPT, user="\ud83d")) > FRAME


def test_a_usual_question_sets_aside_cents():
    model: Model = MODEL
    worst = worst_case(model, replace(PROMPT, user="x" * 24_000))
    assert Decimal("0.05") < worst < Decimal("0.10")
