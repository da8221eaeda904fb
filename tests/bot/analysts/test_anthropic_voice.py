"""How a model of Anthropic is asked, and what its Messages may hold beside the answer."""

import pytest

from core.domain.model import Effort, Failure, PromptKind, Said, Usage
from tests.bot.analysts.wire import SCHEMA, WIRES, anthropic, line, prompt

WIRE = WIRES["anthropic"]


async def test_the_schema_goes_out_as_it_is_beside_the_effort():
    async with line(WIRE, anthropic()) as spoken:
        await spoken.oracle().ask(prompt())
        form = {"type": "json_schema", "schema": SCHEMA}
        assert spoken.sent["output_config"] == {"format": form, "effort": "low"}
        assert not {"tools", "thinking", "output_format"} & set(spoken.sent)
        assert (spoken.sent["max_tokens"], spoken.sent["system"]) == (900, "You forecast.")


async def test_no_effort_at_all_is_left_to_the_provider():
    async with line(WIRE, anthropic()) as spoken:
        await spoken.oracle(effort=Effort.NONE).ask(prompt())
        assert "effort" not in spoken.sent["output_config"]
        await spoken.oracle(effort=Effort.NONE).ask(prompt(PromptKind.CHAT, schema={}))
        assert "output_config" not in spoken.sent


async def test_only_blocks_of_text_are_the_answer():
    whole = anthropic()
    whole["content"] = [
        {"type": "thinking", "thinking": "{", "signature": "x"},
        {"type": "redacted_thinking", "data": "x"},
        {"type": "text", "text": "{"},
        {"type": "something_new", "text": "?"},
        {"type": "text", "text": "}"},
    ]
    async with line(WIRE, whole) as spoken:
        assert (await spoken.oracle().ask(prompt())).text == "{}"


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("refusal", Failure.REFUSED),
        ("max_tokens", Failure.TRUNCATED),
        ("model_context_window_exceeded", Failure.TRUNCATED),
        ("tool_use", Failure.MALFORMED),
        ("pause_turn", Failure.MALFORMED),
    ],
)
async def test_an_answer_that_ended_otherwise_is_none(reason, failure):
    async with line(WIRE, anthropic(stop_reason=reason)) as spoken:
        unsaid = await spoken.oracle().ask(prompt())
        assert (unsaid.failure, unsaid.usage.output) == (failure, 300)


@pytest.mark.parametrize("reason", ["end_turn", "stop_sequence", None, "something_new"])
async def test_any_other_ending_is_an_answer(reason):
    async with line(WIRE, anthropic(stop_reason=reason)) as spoken:
        assert isinstance(await spoken.oracle().ask(prompt()), Said)


async def test_what_came_from_a_cache_stands_beside_the_input():
    async with line(WIRE, anthropic()) as spoken:
        used = (await spoken.oracle().ask(prompt())).usage
        assert used == Usage(input=700, cached=200, cache_write=100, output=300, reasoning=250)
