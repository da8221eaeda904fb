"""The providers' own libraries against a server that strangers wrote, over real connections."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.clients import Clients
from bot.analysts.opening import open_oracle
from bot.analysts.roll_call import call_the_roll
from core.domain.model import Failure, Repair
from tests.bot.analysts.mock_server import journal, mock_server
from tests.bot.analysts.wire import KEY, SAID, WIRES, model, prompt

SPEAKERS = ("openai", "anthropic", "ollama")
ERRORS = {
    "nokey": (401, Failure.FORBIDDEN),
    "unpaid": (402, Failure.UNPAID),
    "waits": (408, Failure.TIMEOUT),
    "busy": (429, Failure.OVERLOADED),
    "broken": (500, Failure.OVERLOADED),
    "overloaded": (529, Failure.OVERLOADED),
}


def said(name, content, match=None, **more):
    response = {"content": content} | more.pop("response", {})
    return {"match": {"model": name} | (match or {}), "response": response} | more


def error(name, status, **match):
    body = {"error": {"message": "Not now.", "type": "some_error"}, "status": status}
    return {"match": {"model": name} | match, "response": body}


FIXTURES = [
    said("good", SAID),
    said("fenced", f"```json\n{SAID}\n```"),
    said("cut", '{"p_up"', response={"finishReason": "length"}),
    said("garbled", "{}", chaos={"malformedRate": 1}),
    said("gone", "{}", chaos={"disconnectRate": 1}),
    said("slow", "{}", chaos={"latencyMs": 5_000}),
    said("repaired", '{"p_up": 0.5}', {"turnIndex": 1}),
    *(error(name, status) for name, (status, _) in ERRORS.items()),
    *(error(f"passes-{speaker}", 429, sequenceIndex=0) for speaker in SPEAKERS),
    *(said(f"passes-{speaker}", SAID, {"sequenceIndex": 1}) for speaker in SPEAKERS),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with mock_server(tmp_path_factory.mktemp("aimock"), FIXTURES) as address:
        yield address


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    for library in ("openai", "anthropic"):
        pytest.importorskip(library)
        monkeypatch.setattr(f"{library}._base_client.INITIAL_RETRY_DELAY", 0.001)


@pytest.fixture(params=SPEAKERS)
def speaker(request):
    return request.param


@asynccontextmanager
async def asked(server, speaker):
    kind = WIRES[speaker].kind
    base = server if kind is Kind.ANTHROPIC else f"{server}/v1"
    clients = Clients({speaker: Access(kind, base, SecretStr(KEY))})
    try:
        yield clients
    finally:
        await clients.aclose()


async def reply(server, speaker, name, repair=None, patience=timedelta(seconds=10)):
    async with asked(server, speaker) as clients:
        oracle = open_oracle(model(speaker, name=name), clients, patience)
        return await oracle.ask(prompt(), repair)


@pytest.mark.parametrize("name", ["good", "fenced"])
async def test_an_answer_comes_as_the_model_gave_it(server, speaker, name):
    assert SAID in (await reply(server, speaker, name)).text


async def test_the_question_arrives_as_it_was_sent_and_with_the_key(server, speaker):
    await reply(server, speaker, "good")
    last = [entry for entry in journal(server) if entry["path"] == WIRES[speaker].path][-1]
    turns = [turn["content"] for turn in last["body"]["messages"]]
    assert turns == [prompt().system, prompt().user]
    assert last["headers"]["authorization"] == "[REDACTED]"


async def test_an_answer_that_was_cut_off_is_no_answer(server, speaker):
    assert (await reply(server, speaker, "cut")).failure is Failure.TRUNCATED


@pytest.mark.parametrize("name", ERRORS)
async def test_each_error_has_its_reason(server, speaker, name):
    status, failure = ERRORS[name]
    unsaid = await reply(server, speaker, name)
    assert (unsaid.failure, unsaid.detail) == (failure, f"HTTP {status} Not now.")


async def test_what_passes_at_the_second_try_is_an_answer(server, speaker):
    assert (await reply(server, speaker, f"passes-{speaker}")).text == SAID


async def test_a_garbled_body_is_malformed(server, speaker):
    assert (await reply(server, speaker, "garbled")).failure is Failure.MALFORMED


async def test_a_connection_that_breaks_is_unreachable(server, speaker):
    assert (await reply(server, speaker, "gone")).failure is Failure.UNREACHABLE


async def test_an_answer_that_does_not_come_in_time_is_a_timeout(server, speaker):
    unsaid = await reply(server, speaker, "slow", patience=timedelta(seconds=0.5))
    assert unsaid.failure is Failure.TIMEOUT


async def test_a_second_chance_is_a_second_turn(server, speaker):
    again = await reply(server, speaker, "repaired", Repair("{", ("no JSON",)))
    assert again.text == '{"p_up": 0.5}'


async def test_its_list_of_models_can_be_read(server):
    async with asked(server, "openai") as clients:
        assert "good" in (await call_the_roll(clients))["openai"]
