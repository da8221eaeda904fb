"""What may go wrong between the desk and a provider: each has its reason, and none tells a key."""

from datetime import timedelta

import httpx2
import pytest

from core.domain.model import Failure, Said, Usage
from tests.bot.analysts.wire import KEY, WIRES, line, prompt, status

PROMPT = prompt()


@pytest.fixture(params=WIRES)
def wire(request):
    return WIRES[request.param]


@pytest.fixture
def quick(monkeypatch):
    """The libraries wait a little before they try again."""
    for library in ("openai", "anthropic"):
        monkeypatch.setattr(f"{library}._base_client.INITIAL_RETRY_DELAY", 0.001)


async def reply(wire, *answers, **asking):
    async with line(wire, *answers) as spoken:
        return await spoken.oracle(**asking).ask(PROMPT)


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
    busy = httpx2.Response(429, headers={"retry-after": "5"}, json={})
    unsaid = await reply(wire, busy, patience=timedelta(seconds=0.2))
    assert unsaid.failure is Failure.TIMEOUT


@pytest.mark.parametrize("wait", ["11", "3600", "Wed, 25 Nov 2099 08:00:00 GMT", "later", "inf"])
async def test_a_long_wait_is_not_even_begun(wire, wait):
    async with line(wire, httpx2.Response(429, headers={"retry-after": wait}, json={})) as spoken:
        unsaid = await spoken.oracle().ask(PROMPT)
        assert (unsaid.failure, len(spoken.asked)) == (Failure.OVERLOADED, 1)


async def test_a_short_wait_is_waited(wire):
    busy = httpx2.Response(429, headers={"retry-after": "0.05"}, json={})
    assert isinstance(await reply(wire, busy, wire.good()), Said)


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


@pytest.mark.parametrize("before", range(100, 170, 7))
async def test_a_key_of_another_shape_is_never_told_either_not_even_in_part(wire, before):
    said = wire.error("e", "x" * before + " hunter2hunter2hunter2?")
    async with line(wire, status(401, said), key="hunter2hunter2hunter2") as spoken:
        assert "hunter" not in repr(await spoken.oracle().ask(PROMPT))
        assert "hunter" not in repr(spoken.oracle())
