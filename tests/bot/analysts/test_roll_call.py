"""Providers say which models they serve, each in its way, and silence is no bad news."""

from datetime import date

import httpx2
import pytest
from pydantic import SecretStr

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.clients import Clients
from bot.analysts.roll import Listed
from bot.analysts.roll_call import call_the_roll
from tests.bot.analysts.wire import KEY, WIRES, Drip, line, status

DAY = date(2026, 12, 11)


async def roll(name, answer, **asking):
    async with line(WIRES[name], answer) as spoken:
        return await call_the_roll(spoken.clients, **asking), spoken.asked


async def test_openai_tells_the_last_day_of_a_model():
    told = [
        {"id": "gpt-5", "object": "model", "created": 1, "shutdown_date": "2026-12-11"},
        {"id": "gpt-6-luna", "object": "model", "created": 1, "shutdown_date": None},
        {"id": "odd", "shutdown_date": "soon"},
    ]
    found, asked = await roll("openai", {"object": "list", "data": told})
    assert found == {"openai": {"gpt-5": Listed(DAY), "gpt-6-luna": Listed(), "odd": Listed()}}
    assert (asked[0].method, asked[0].url.path) == ("GET", "/v1/models")


async def test_anthropic_tells_whether_it_has_come():
    told = [
        {"id": "claude-a", "lifecycle": "retired", "retires_at": "2026-12-11T00:00:00Z"},
        {"id": "claude-b", "lifecycle": "active", "retires_at": None},
    ]
    found, asked = await roll("anthropic", {"data": told, "has_more": False})
    assert found == {"anthropic": {"claude-a": Listed(DAY, retired=True), "claude-b": Listed()}}
    assert asked[0].url.params["limit"] == "1000"


async def test_a_server_of_ones_own_tells_its_names():
    found, _ = await roll("ollama", {"object": "list", "data": [{"id": "qwen3:14b"}]})
    assert found == {"ollama": {"qwen3:14b": Listed()}}


async def test_perplexity_is_not_asked_since_it_has_no_list():
    found, asked = await roll("perplexity", {})
    assert (found, asked) == ({}, [])


@pytest.mark.parametrize("name", ["openai", "anthropic", "ollama"])
@pytest.mark.parametrize(
    "answer",
    [
        status(401),
        status(404),
        {"data": []},
        {"data": None},
        {"data": "x"},
        httpx2.Response(200, content=b"{"),
        httpx2.Response(200, headers={"content-type": "text/html"}, content=b"<html>"),
    ],
)
async def test_a_list_that_cannot_be_read_is_left_out(name, answer):
    found, _ = await roll(name, answer)
    assert found == {}


@pytest.mark.parametrize("name", ["openai", "anthropic"])
async def test_nobody_waits_long_for_a_list(name):
    found, _ = await roll(name, httpx2.Response(200, stream=Drip()), patience=0.2)
    assert found == {}


async def test_one_that_is_silent_does_not_hide_the_others():
    def answered(request):
        there = request.url.host == "127.0.0.1"
        return httpx2.Response(200, json={"data": [{"id": "m"}]}) if there else status(503)

    key = SecretStr(KEY)
    access = {
        "here": Access(Kind.COMPATIBLE, "http://127.0.0.1:9/v1", key),
        "gone": Access(Kind.COMPATIBLE, "http://127.0.0.2:9/v1", key),
    }
    clients = Clients(access, httpx2.MockTransport(answered))
    try:
        assert await call_the_roll(clients) == {"here": {"m": Listed()}}
    finally:
        await clients.aclose()
