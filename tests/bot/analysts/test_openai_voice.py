"""How a model of OpenAI is asked, and what its Responses may hold beside the answer."""

from decimal import Decimal

import pytest

from core.domain.model import Effort, Failure, Price, PromptKind
from tests.bot.analysts.wire import SCHEMA, WIRES, line, openai, prompt

WIRE = WIRES["openai"]


async def reply(body, **changes):
    async with line(WIRE, body) as spoken:
        return await spoken.oracle().ask(prompt(**changes))


async def test_the_schema_goes_out_as_it_is_and_strict():
    async with line(WIRE, openai()) as spoken:
        await spoken.oracle().ask(prompt())
        assert spoken.sent["text"]["format"] == {
            "type": "json_schema",
            "name": "market_1",
            "strict": True,
            "schema": SCHEMA,
        }
        assert spoken.sent["store"] is False
        assert spoken.sent["max_output_tokens"] == 900
        assert spoken.sent["instructions"] == "You forecast."


@pytest.mark.parametrize("effort", Effort)
async def test_it_knows_every_effort_by_name(effort):
    async with line(WIRE, openai()) as spoken:
        await spoken.oracle(effort=effort).ask(prompt())
        assert spoken.sent["reasoning"] == {"effort": effort.value}


async def test_without_a_schema_nothing_is_said_about_the_form():
    async with line(WIRE, openai()) as spoken:
        await spoken.oracle().ask(prompt(PromptKind.CHAT, schema={}))
        assert "text" not in spoken.sent


async def test_a_cache_that_costs_extra_to_fill_is_left_alone_and_a_free_one_is_not():
    plain = Price(input=Decimal(1), output=Decimal(5), cached=Decimal(1), cache_write=Decimal(1))
    async with line(WIRE, openai()) as spoken:
        await spoken.oracle().ask(prompt())
        assert spoken.sent["prompt_cache_options"] == {"mode": "explicit"}
        await spoken.oracle(price=plain).ask(prompt())
        assert "prompt_cache_options" not in spoken.sent


async def test_the_name_of_a_schema_has_letters_only():
    async with line(WIRE, openai()) as spoken:
        await spoken.oracle().ask(prompt(schema_version="2026.11/β" + "x" * 80))
        name = spoken.sent["text"]["format"]["name"]
        assert name.startswith("market_2026_11__x")
        assert len(name) == 64


async def test_thinking_is_counted_as_a_part_of_the_output():
    assert (await reply(openai())).usage.reasoning == 250


async def test_of_several_messages_the_last_is_the_answer():
    whole = openai("the answer")
    first = openai("thinking aloud")["output"][1]
    whole["output"].insert(0, first)
    assert (await reply(whole)).text == "the answer"


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"status": "incomplete", "incomplete_details": None}, Failure.TRUNCATED),
        (
            {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}},
            Failure.REFUSED,
        ),
        ({"status": "incomplete", "incomplete_details": {"reason": "steered"}}, Failure.MALFORMED),
        ({"status": "failed", "error": {"code": "server_error"}}, Failure.OVERLOADED),
        ({"status": "failed", "error": {"code": "rate_limit_exceeded"}}, Failure.OVERLOADED),
        ({"status": "failed", "error": {"code": "insufficient_quota"}}, Failure.UNPAID),
        ({"status": "failed", "error": {"code": "invalid_prompt"}}, Failure.REJECTED),
        ({"status": "failed", "error": None}, Failure.REJECTED),
        ({"status": "queued"}, Failure.MALFORMED),
        ({"status": "cancelled"}, Failure.MALFORMED),
        ({"status": 7}, Failure.MALFORMED),
    ],
)
async def test_only_a_completed_response_is_an_answer(changes, failure):
    unsaid = await reply(openai(**changes))
    assert unsaid.failure is failure
    assert unsaid.usage.output == 300
