"""How a server of one's own is asked: as much form as it understands, and answers of every make."""

import pytest

from bot.analysts.catalogue import Form
from core.domain.model import Effort, Failure, PromptKind
from tests.bot.analysts.wire import SCHEMA, WIRES, chat, chat_ended, line, prompt

WIRE = WIRES["ollama"]


async def reply(body):
    async with line(WIRE, body) as spoken:
        return await spoken.oracle().ask(prompt())


async def test_a_server_that_understands_schemas_gets_it_as_it_is():
    async with line(WIRE, chat()) as spoken:
        await spoken.oracle().ask(prompt())
        assert spoken.sent["response_format"] == {
            "type": "json_schema",
            "json_schema": {"name": "market_1", "schema": SCHEMA, "strict": True},
        }
        assert spoken.sent["messages"][0] == {"role": "system", "content": "You forecast."}
        assert spoken.sent["max_tokens"] == 900


@pytest.mark.parametrize(
    ("form", "told"), [(Form.JSON, {"type": "json_object"}), (Form.TEXT, None)]
)
async def test_a_server_that_does_not_reads_it_in_the_words(form, told):
    async with line(WIRE, chat(), form=form) as spoken:
        await spoken.oracle().ask(prompt())
        assert spoken.sent.get("response_format") == told
        assert '"required": ["p_up"]' in spoken.sent["messages"][0]["content"]


@pytest.mark.parametrize("form", Form)
async def test_without_a_schema_nothing_is_said_about_the_form(form):
    async with line(WIRE, chat(), form=form) as spoken:
        await spoken.oracle().ask(prompt(PromptKind.CHAT, schema={}))
        assert "response_format" not in spoken.sent
        assert spoken.sent["messages"][0]["content"] == "You forecast."


async def test_a_server_that_knows_no_effort_is_told_none():
    async with line(WIRE, chat()) as spoken:
        await spoken.oracle(effort=Effort.NONE).ask(prompt())
        assert "reasoning_effort" not in spoken.sent
        await spoken.oracle(effort=Effort.MEDIUM).ask(prompt())
        assert spoken.sent["reasoning_effort"] == "medium"


async def test_a_server_without_a_key_is_asked_without_one_of_ours():
    async with line(WIRE, chat(), key="") as spoken:
        await spoken.oracle().ask(prompt())
        assert spoken.asked[0].headers["authorization"] == "Bearer none"


async def test_openais_account_is_told_to_nobody_else(monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-ours")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-ours")
    for name in ("ollama", "perplexity"):
        async with line(WIRES[name], WIRES[name].good()) as spoken:
            await spoken.oracle().ask(prompt())
            assert "-ours" not in str(spoken.asked[0].headers.raw)


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("length", Failure.TRUNCATED),
        ("content_filter", Failure.REFUSED),
        ("insufficient_system_resource", Failure.OVERLOADED),
        ("error", Failure.OVERLOADED),
    ],
)
async def test_an_answer_that_ended_otherwise_is_none(reason, failure):
    unsaid = await reply(chat_ended(reason))
    assert (unsaid.failure, unsaid.usage.output) == (failure, 300)


async def test_a_text_in_parts_is_one_text():
    parts = [{"type": "text", "text": "{"}, {"type": "image"}, {"type": "text", "text": "}"}]
    assert (await reply(chat_ended("stop", content=parts))).text == "{}"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        ({"code": 502, "message": "Provider returned error"}, Failure.OVERLOADED),
        ({"code": 429, "message": "slow down"}, Failure.OVERLOADED),
        ({"code": 402, "message": "Insufficient credits required"}, Failure.UNPAID),
        ({"code": 400, "message": "what?"}, Failure.REJECTED),
        ("what?", Failure.REJECTED),
    ],
)
async def test_an_error_within_an_answer_is_an_error(error, failure):
    assert (await reply({"error": error})).failure is failure
    choice = chat()
    choice["choices"][0]["error"] = error
    assert (await reply(choice)).failure is failure


async def test_what_deepseek_read_from_its_cache_is_counted_so():
    usage = {"prompt_tokens": 100, "prompt_cache_hit_tokens": 60, "completion_tokens": 1}
    used = (await reply(chat(usage=usage))).usage
    assert (used.input, used.cached) == (40, 60)
