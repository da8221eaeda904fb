"""The law for every oracle, whoever serves the model: raw text, or a reason; nothing is raised."""

from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from core.domain.model import Failure, Repair, Said, Usage
from tests.bot.analysts.wire import KEY, SAID, WIRES, Drip, line, prompt

PROMPT = prompt()


@pytest.fixture(params=WIRES)
def wire(request):
    return WIRES[request.param]


async def reply(wire, *answers, **asking):
    async with line(wire, *answers) as spoken:
        return await spoken.oracle(**asking).ask(PROMPT)


async def test_an_answer_comes_raw_with_its_usage_and_who_gave_it(wire):
    said = await reply(wire, wire.good())
    assert (said.text, said.model) == (SAID, "the-model-2026-10-01")
    counted = replace(said.usage, reasoning=0, searches=0, billed=None)
    assert counted == Usage(input=700, cached=200, cache_write=100, output=300)


async def test_the_question_goes_where_it_should_with_the_key_and_no_temperature(wire):
    async with line(wire, wire.good()) as spoken:
        await spoken.oracle().ask(PROMPT)
        (request,) = spoken.asked
        assert (request.method, request.url.path) == ("POST", wire.path)
        assert f"Bearer {KEY}" in request.headers["authorization"]
        assert spoken.sent["model"] == "the-model"
        assert not {"temperature", "top_p", "seed", "stream", "tool_choice"} & set(spoken.sent)
        assert "You forecast." in request.content.decode()


async def test_a_second_chance_tells_what_was_said_and_what_was_wrong(wire):
    async with line(wire, wire.good()) as spoken:
        await spoken.oracle().ask(PROMPT, Repair('{"p_up": 7}', ("p_up lies beyond 1",)))
        turns = spoken.sent.get("input") or spoken.sent["messages"]
        roles = [turn["role"] for turn in turns if turn["role"] != "system"]
        assert roles == ["user", "assistant", "user"]
        assert turns[-2]["content"] == '{"p_up": 7}'
        assert "- p_up lies beyond 1" in turns[-1]["content"]


async def test_an_empty_answer_can_be_repaired_too(wire):
    async with line(wire, wire.good()) as spoken:
        said = await spoken.oracle().ask(PROMPT, Repair(" ", ("no JSON",)))
        assert isinstance(said, Said)
        turns = spoken.sent.get("input") or spoken.sent["messages"]
        assert turns[-2]["content"] == "(nothing)"


@pytest.mark.parametrize("text", ["```json\n{}\n```", "Sure! {}", "{", "<think>…</think>{}"])
async def test_whatever_a_model_says_comes_as_it_is(wire, text):
    assert (await reply(wire, wire.good(text))).text == text


async def test_a_refusal_is_no_answer(wire):
    unsaid = await reply(wire, wire.refused())
    assert unsaid.failure is Failure.REFUSED
    assert unsaid.usage.output == 300


async def test_an_answer_that_was_cut_off_is_no_answer_and_was_paid(wire):
    unsaid = await reply(wire, wire.cut())
    assert unsaid.failure is Failure.TRUNCATED
    assert unsaid.usage.output >= 300


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'"x"', b"<html>502</html>", b"\xff\xfe", b"[" * 100_000, b"{}"],
)
async def test_a_body_that_is_no_object_is_malformed(wire, body):
    answer = httpx2.Response(200, headers={"content-type": "application/json"}, content=body)
    assert (await reply(wire, answer)).failure is Failure.MALFORMED


async def test_a_page_instead_of_json_is_malformed(wire):
    page = httpx2.Response(200, headers={"content-type": "text/html"}, content=b"<html>Sign in")
    assert (await reply(wire, page)).failure is Failure.MALFORMED


@pytest.mark.parametrize(
    "nonsense",
    [
        {"output": None, "content": None, "choices": None},
        {"output": "x", "content": "x", "choices": "x"},
        {"output": [], "content": [], "choices": []},
        {"output": [7, None], "content": [7, None], "choices": [7, None]},
        {"output": [{"type": "message"}], "content": [{"type": "text"}], "choices": [{}]},
    ],
)
async def test_an_object_without_a_text_is_malformed(wire, nonsense):
    assert (await reply(wire, wire.good() | nonsense)).failure is Failure.MALFORMED


@pytest.mark.parametrize(
    "usage", [None, [], "many", {}, {"input_tokens": -1, "output_tokens": "3"}]
)
async def test_a_provider_that_does_not_count_is_not_free_for_that(wire, usage):
    said = await reply(wire, wire.good("x" * 300, usage=usage))
    assert said.usage.output == 100
    assert 30 <= said.usage.input <= 200
    assert said.usage.billed is None


async def test_counts_that_contradict_each_other_stay_within_the_whole(wire):
    usage = {
        "input_tokens": 10,
        "prompt_tokens": 10,
        "input_tokens_details": {"cached_tokens": 50, "cache_write_tokens": True},
        "prompt_tokens_details": {"cached_tokens": 50, "cache_write_tokens": 3.5},
        "output_tokens": 10,
        "completion_tokens": 10,
        "output_tokens_details": {"reasoning_tokens": 50},
        "completion_tokens_details": {"reasoning_tokens": 10**12},
    }
    used = (await reply(wire, wire.good(usage=usage))).usage
    assert used.input + used.cached + used.cache_write == 10
    assert 0 <= used.reasoning <= used.output == 10


async def test_a_slow_drip_ends_with_the_patience_and_counts_as_dear_as_it_may_have_been(wire):
    drip = httpx2.Response(200, headers={"content-type": "application/json"}, stream=Drip())
    unsaid = await reply(wire, drip, patience=timedelta(seconds=0.3))
    assert unsaid.failure is Failure.TIMEOUT
    assert unsaid.detail == "no whole answer within 0.3 seconds"
    assert unsaid.usage.output == 900
    assert unsaid.usage.input > 30


async def test_who_answered_is_told_in_one_short_line(wire):
    said = await reply(wire, wire.good(model="a\nmodel\u202e" + "x" * 999))
    assert said.model.startswith("a model x")
    assert len(said.model) <= 160
