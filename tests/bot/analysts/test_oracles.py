"""The law for every oracle, whoever serves the model: raw text, or a reason; nothing is raised."""

from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from core.domain.model import Failure, Repair, Said, Usage
from tests.bot.analysts.wire import KEY, SAID, WIRES, Drip, line, prompt, status

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
    ("code", "failure", "calls"),
    [
        (302, Failure.REJECTED, 1),
        (400, Failure.REJECTED, 1),
        (401, Failure.FORBIDDEN, 1),
        (402, Failure.UNPAID, 1),
        (403, Failure.FORBIDDEN, 1),
        (404, Failure.REJECTED, 1),
        (408, Failure.TIMEOUT, 3),
        (409, Failure.OVERLOADED, 3),
        (413, Failure.REJECTED, 1),
        (422, Failure.REJECTED, 1),
        (429, Failure.OVERLOADED, 3),
        (500, Failure.OVERLOADED, 3),
        (503, Failure.OVERLOADED, 3),
        (529, Failure.OVERLOADED, 3),
    ],
)
async def test_each_status_has_its_reason_and_only_what_may_pass_is_tried_again(
    wire, code, failure, calls
):
    async with line(wire, status(code, wire.error("some_error", "Not now."))) as spoken:
        unsaid = await spoken.oracle().ask(PROMPT)
        assert (unsaid.failure, len(spoken.asked)) == (failure, calls)
        assert unsaid.detail == f"HTTP {code} Not now."
        assert unsaid.usage == Usage()


async def test_what_passes_at_the_second_try_is_an_answer(wire):
    async with line(wire, status(429), status(529), wire.good()) as spoken:
        assert isinstance(await spoken.oracle().ask(PROMPT), Said)
        assert len(spoken.asked) == 3


@pytest.mark.parametrize(
    ("code", "kind", "message", "failure"),
    [
        (404, "not_found_error", "model: the-model", Failure.RETIRED),
        (404, "model_not_found", "The model `the-model` does not exist", Failure.RETIRED),
        (400, "model_not_found", "gone", Failure.RETIRED),
        (404, "invalid_request_error", "Invalid URL (POST /v1/x)", Failure.REJECTED),
        (429, "insufficient_quota", "You exceeded your current quota", Failure.UNPAID),
        (400, "invalid_request_error", "Your credit balance is too low", Failure.UNPAID),
        (403, "billing_error", "Your account is not active", Failure.UNPAID),
        (401, "authentication_error", "invalid key", Failure.FORBIDDEN),
    ],
)
async def test_the_providers_own_code_says_more_than_the_status(
    wire, code, kind, message, failure
):
    answer = status(code, wire.error(kind, message), x_should_retry="false")
    assert (await reply(wire, answer)).failure is failure


async def test_a_wait_longer_than_the_patience_ends_with_the_patience(wire):
    busy = httpx2.Response(429, headers={"retry-after": "30"}, json={})
    unsaid = await reply(wire, busy, patience=timedelta(seconds=0.2))
    assert unsaid.failure is Failure.TIMEOUT


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


async def test_nobody_there_is_unreachable(wire, quick):
    unsaid = await reply(wire, httpx2.ConnectError("refused"))
    assert (unsaid.failure, unsaid.detail) == (Failure.UNREACHABLE, "no connection (ConnectError)")


async def test_a_connection_that_does_not_come_about_was_never_paid(wire, quick):
    unsaid = await reply(wire, httpx2.ConnectTimeout("slow"))
    assert (unsaid.failure, unsaid.usage) == (Failure.UNREACHABLE, Usage())


async def test_an_answer_that_does_not_come_is_a_timeout(wire, quick):
    assert (await reply(wire, httpx2.ReadTimeout("slow"))).failure is Failure.TIMEOUT


@pytest.mark.parametrize("code", [400, 401, 500])
async def test_the_key_is_never_told(wire, code):
    said = (
        f"Incorrect API key provided: {KEY}\n\u202ebad Bearer abcdef123 sk-proj-12***89 "
        + "x" * 999
    )
    unsaid = await reply(wire, status(code, wire.error("e", said), x_should_retry="false"))
    assert "riddle" not in repr(unsaid)
    assert "abcdef" not in unsaid.detail
    assert "sk-proj" not in unsaid.detail
    assert "\n" not in unsaid.detail
    assert "\u202e" not in unsaid.detail
    assert len(unsaid.detail) <= 160


async def test_a_key_of_another_shape_is_never_told_either(wire):
    async with line(
        wire, status(401, wire.error("e", "who is hunter2?")), key="hunter2"
    ) as spoken:
        assert "hunter2" not in repr(await spoken.oracle().ask(PROMPT))
        assert "hunter2" not in repr(spoken.oracle())


@pytest.fixture
def quick(monkeypatch):
    """The libraries wait a little before they try again."""
    for library in ("openai", "anthropic"):
        monkeypatch.setattr(f"{library}._base_client.INITIAL_RETRY_DELAY", 0.001)
