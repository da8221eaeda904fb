"""Schemas that every provider can enforce, and that know no size, leverage or order."""

import json

import pytest

from core.domain.people import Language
from core.prompt import balance, indicators, market, news, risk
from tests.builders import NOON
from tests.core.prompt.sights import some_sheet

SHEET = some_sheet(3)
PROMPTS = {
    "market": market(SHEET),
    "indicators": indicators(SHEET),
    "risk": risk([], [], SHEET),
    "news": news(("BTC", "ETH"), (), NOON, Language.EN),
    "balance": balance(SHEET, {}, Language.EN),
}
KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf"}


def inside(schema):
    """Every schema within a schema."""
    yield schema
    nested = (*schema.get("properties", {}).values(), *schema.get("anyOf", ()))
    for inner in (*nested, *([schema["items"]] if "items" in schema else [])):
        yield from inside(inner)


@pytest.fixture(params=PROMPTS.values(), ids=PROMPTS)
def schema(request):
    return request.param.schema


def test_only_words_that_every_provider_knows_are_used(schema):
    assert all(set(each) <= KNOWN for each in inside(schema))


def test_every_field_is_required_and_no_other_allowed(schema):
    for each in inside(schema):
        if each.get("type") == "object":
            assert each["required"] == list(each["properties"])
            assert each["additionalProperties"] is False


def test_there_are_few_unions(schema):
    assert sum("anyOf" in each for each in inside(schema)) <= 8


def test_a_schema_is_plain_data(schema):
    assert json.loads(json.dumps(schema)) == schema


def test_nothing_in_it_could_place_a_trade(schema):
    fields = {name for each in inside(schema) for name in each.get("properties", {})}
    for forbidden in ("leverage", "order", "amount", "usd", "quantity", "notional"):
        assert not [name for name in fields if forbidden in name]


def test_the_schema_changes_only_with_the_symbols():
    other = some_sheet(3, Language.KO)
    assert market(other).schema == market(SHEET).schema == indicators(SHEET).schema
