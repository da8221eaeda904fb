"""A whole question, looked up and answered, against a server that strangers wrote."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.chat_opening import open_chatter
from bot.analysts.clients import Clients
from core.domain.model import Failure
from core.domain.talk import Suggested
from tests.bot.analysts.mock_server import mock_server
from tests.bot.analysts.wire import KEY, WIRES, model
from tests.builders import trade
from tests.core.ask.library import Library

SPEAKERS = ("openai", "anthropic", "ollama")
CALLS = [
    {"name": "positions", "arguments": "{}"},
    {"name": "suggest", "arguments": '{"command":"chart","words":"BTC 4h"}'},
]
ANSWER = "One BTC long, opened because the trend was strong. 추세가 강했습니다."
FIXTURES = [
    {"match": {"model": "curious", "hasToolResult": False}, "response": {"toolCalls": CALLS}},
    {"match": {"model": "curious", "hasToolResult": True}, "response": {"content": ANSWER}},
    {"match": {"model": "cut"}, "response": {"content": "So", "finishReason": "length"}},
    {"match": {"model": "slow"}, "response": {"content": "So"}, "chaos": {"latencyMs": 5_000}},
    {"match": {"model": "gone"}, "response": {"content": "So"}, "chaos": {"disconnectRate": 1}},
    {
        "match": {"model": "nokey"},
        "response": {"error": {"message": "Not now.", "type": "x"}, "status": 401},
    },
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
async def desk(server, speaker, name, seconds=10.0):
    kind = WIRES[speaker].kind
    base = server if kind is Kind.ANTHROPIC else f"{server}/v1"
    clients = Clients({speaker: Access(kind, base, SecretStr(KEY))})
    asked = model(speaker, name=name)
    try:
        yield Library(open_chatter(asked, clients, timedelta(seconds=seconds)), patience=20.0)
    finally:
        await clients.aclose()


async def test_a_question_is_looked_up_and_answered(server, speaker):
    async with desk(server, speaker, "curious") as library:
        await library.ledger.commit(trade())

        answer = await library.ask("why am I long?")

    assert (answer.text, answer.failure) == (ANSWER, None)
    assert answer.suggestions == (Suggested("chart", "BTC 4h"),)
    assert library.heard[-1] == ANSWER
    assert len(library.heard) > 1


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("cut", Failure.TRUNCATED),
        ("nokey", Failure.FORBIDDEN),
        ("slow", Failure.TIMEOUT),
        ("gone", Failure.UNREACHABLE),
    ],
)
async def test_each_failure_has_its_reason(server, speaker, name, failure):
    async with desk(server, speaker, name, seconds=1.0) as library:
        answer = await library.ask("why?")
    assert answer.failure is failure
