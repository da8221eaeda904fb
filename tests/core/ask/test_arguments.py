"""Whatever a model calls a tool with is either exactly what was asked for, or a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ask.arguments import LONGEST, Whole, Word, read, schema_of
from core.ask.suggesting import WORDS

COIN = Word("coin", "a coin", r"[A-Za-z0-9]{1,15}")
SPAN = Word("span", "since when", choices=("day", "week"))
COUNT = Whole("count", "how many", 1, 3)
BEHIND = Word("words", "what is typed", WORDS)


def test_what_fits_is_read():
    assert read('{"coin":"BTC","count":3}', (COIN, COUNT)) == {"coin": "BTC", "count": 3}


def test_nothing_at_all_is_fine_where_nothing_is_asked_for():
    assert read("", ()) == {}


@pytest.mark.parametrize(
    "text",
    [
        '{"coin":"BTC"}',
        '{"coin":"BTC","count":3,"account":"live"}',
        '{"coin":"../../etc/passwd","count":1}',
        '{"coin":"BTC\\n","count":1}',
        '{"coin":"ВТС","count":1}',
        '{"coin":"","count":1}',
        '{"coin":["BTC"],"count":1}',
        '{"coin":"BTC","count":4}',
        '{"coin":"BTC","count":0}',
        '{"coin":"BTC","count":true}',
        '{"coin":"BTC","count":1.0}',
        '{"coin":"BTC","count":"1"}',
        '{"coin":"BTC","count":1e999}',
        "[]",
        "null",
        "{",
        "[" * 399,
        '{"coin":"' + "B" * LONGEST + '","count":1}',
    ],
)
def test_what_does_not_fit_is_said_and_not_raised(text):
    assert isinstance(read(text, (COIN, COUNT)), str)


@pytest.mark.parametrize("words", ["", "BTC", "BTC 4h", "BTC 2024-01-01 2024-02-01 1h"])
def test_what_people_type_behind_a_command_may_be_proposed(words):
    assert BEHIND.admits(words)


@pytest.mark.parametrize(
    "words", ["/panic", "BTC\n/panic", "a" * 21, "<b>", "BTC  4h", "1 2 3 4 5", "@bot", "BTC;"]
)
def test_nothing_else_may_stand_behind_a_command(words):
    assert not BEHIND.admits(words)


@given(st.text(max_size=600))
def test_no_text_makes_reading_raise(text):
    found = read(text, (COIN, SPAN, COUNT))
    assert isinstance(found, str) or found.keys() == {"coin", "span", "count"}


@given(
    st.dictionaries(
        st.sampled_from(["coin", "count", "span"]), st.none() | st.text() | st.integers()
    )
)
def test_what_is_read_lies_within_its_bounds(values):
    found = read(json.dumps(values), (COIN, SPAN, COUNT))
    if not isinstance(found, str):
        assert found["span"] in SPAN.choices
        assert 1 <= found["count"] <= 3


def test_a_schema_requires_every_field_and_names_no_bounds():
    schema = schema_of((COIN, SPAN, COUNT))
    assert schema["required"] == ["coin", "span", "count"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["span"]["enum"] == ["day", "week"]
    assert "minimum" not in schema["properties"]["count"]
