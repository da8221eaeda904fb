"""Libraries come late, clients are shared, and the patience depends on what is asked."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest

from bot.analysts.clients import Clients
from bot.analysts.opening import PATIENCE, PATIENCE_FOR_NEWS, _patience, open_oracle
from core.domain.model import PromptKind, Said
from tests.bot.analysts.wire import WIRES, line, model, prompt

LATE = """
import asyncio, sys
from datetime import timedelta
from pydantic import SecretStr
from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.clients import Clients
from bot.analysts.opening import open_oracle
from tests.bot.analysts.wire import model, prompt

def there():
    return sorted({"openai", "anthropic"} & set(sys.modules))

async def main():
    access = {"openai": Access(Kind.OPENAI, "http://127.0.0.1:9/v1", SecretStr("x"))}
    clients = Clients(access)
    oracle = open_oracle(model("openai"), clients, timedelta(seconds=60))
    before = there()
    asking = asyncio.ensure_future(oracle.ask(prompt()))
    ticks = 0
    while not asking.done():
        await asyncio.sleep(0.001)
        ticks += 1
    await clients.aclose()
    print(before, there(), asking.result().failure, ticks > 20)

asyncio.run(main())
"""


def test_the_first_question_imports_the_library_it_needs_and_no_other_while_the_clock_goes_on():
    told = subprocess.run(
        [sys.executable, "-c", LATE], capture_output=True, text=True, check=True, timeout=100
    )
    assert told.stdout == "[] ['openai'] unreachable True\n"


async def test_all_models_of_a_provider_share_one_client():
    async with line(WIRES["openai"], WIRES["openai"].good()) as spoken:
        oracles = [spoken.oracle(name=name) for name in "abc"]
        replies = await asyncio.gather(*(oracle.ask(prompt()) for oracle in oracles))
        assert all(isinstance(reply, Said) for reply in replies)
        client = await spoken.clients.client("openai")
        assert await spoken.clients.client("openai") is client
        assert {request.headers["host"] for request in spoken.asked} == {"127.0.0.1:9"}


async def test_clients_that_were_closed_open_again():
    async with line(WIRES["openai"], WIRES["openai"].good()) as spoken:
        before = await spoken.clients.client("openai")
        await spoken.clients.aclose()
        await spoken.clients.aclose()
        assert before.is_closed()
        assert isinstance(await spoken.oracle().ask(prompt()), Said)


def test_a_provider_that_cannot_be_asked_has_no_oracle():
    with pytest.raises(KeyError):
        open_oracle(model("openai"), Clients({}))


@pytest.mark.parametrize("kind", PromptKind)
def test_news_get_less_patience_than_forecasts(kind):
    wanted = 30 if kind is PromptKind.NEWS else 45
    assert _patience(prompt(kind)) == timedelta(seconds=wanted)
    assert PATIENCE > PATIENCE_FOR_NEWS


async def test_a_question_that_is_called_off_stays_called_off():
    async with line(WIRES["openai"], WIRES["openai"].good()) as spoken:
        await spoken.clients.client("openai")
        asking = asyncio.ensure_future(spoken.oracle().ask(prompt()))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
