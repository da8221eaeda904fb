"""A line's end closes what it uses, tells whoever shared it, and leaves the others alone."""

import asyncio
from datetime import timedelta

import pytest

from bot.exchanges.connections import Connections
from bot.live.listening import Line
from tests.fakes import FakeClock


class Wire:
    """ccxt's connection to one address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.error = self.rejected = None
        self.is_closed = False

    def reset(self, error: Exception) -> None:
        self.rejected = error

    async def aiohttp_close(self) -> None:
        self.is_closed = True


class Client:
    """Opens one connection for each address, as ccxt does."""

    def __init__(self) -> None:
        self.clients: dict[str, Wire] = {}

    def client(self, url: str) -> Wire:
        return self.clients.setdefault(url, Wire(url))


class Office:
    """Three lines: two on one address, one on its own."""

    def __init__(self) -> None:
        self.client = Client()
        self.connections = Connections(self.client)
        self.candles, self.marks, self.tops = (
            Line(name, FakeClock(), timedelta(seconds=20), self.listen)
            for name in ("candles", "marks", "tops")
        )

    async def listen(self, line: Line) -> None:
        self.connections.begin(line)
        for _ in range(2):
            self.client.client("own" if line.name == "tops" else "shared")

    async def opens(self, *lines: Line) -> None:
        """Each in a task of its own."""
        for line in lines:
            await asyncio.create_task(line.listen(line))

    def struck(self) -> list[str]:
        return [line.name for line in (self.candles, self.marks, self.tops) if line.is_struck]


@pytest.fixture
async def office() -> Office:
    one = Office()
    await one.opens(one.candles, one.marks, one.tops)
    return one


async def test_a_line_closes_only_its_own_connection(office):
    own = office.client.clients["own"]
    await office.connections.close(office.tops)
    assert own.is_closed
    assert str(own.rejected) == "dropped"
    assert list(office.client.clients) == ["shared"]
    assert office.struck() == []
    assert office.connections.are_whole(office.candles)


async def test_whoever_shares_a_connection_is_struck_when_it_is_closed(office):
    await office.connections.close(office.marks)
    assert list(office.client.clients) == ["own"]
    assert office.struck() == ["candles"]
    assert not office.connections.are_whole(office.candles)


async def test_a_connection_that_is_gone_strikes_nobody(office):
    office.client.clients.clear()
    await office.connections.close(office.marks)
    assert office.struck() == []


async def test_a_line_that_begins_anew_has_nothing_to_do_with_its_last_connection(office):
    await office.connections.close(office.marks)
    await office.opens(office.candles)
    assert office.connections.are_whole(office.candles)
    await office.connections.close(office.marks)
    assert list(office.client.clients) == ["own", "shared"]


async def test_an_end_of_all_closes_every_connection(office):
    await office.connections.close_all()
    assert office.client.clients == {}
