"""Streams are kept alive: silence is noticed, an end is an outage, and each is told once."""

import asyncio
import math
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import VenueUnavailable
from bot.live.listening import Line, Listener
from bot.market.clock import SystemClock
from core.errors import UnknownSymbol
from tests.simulation.loop import VirtualClock, live

QUICK = timedelta(milliseconds=60)


class Wire:
    """A stream that does what a test wrote down: speak, end, or say nothing."""

    def __init__(self, *script: str, patience: timedelta = QUICK) -> None:
        self.script = list(script)
        self.opened = self.dropped = self.caught_up = 0
        self.line = Line("Binance: candles", SystemClock(), patience, self.listen)

    async def listen(self, line: Line) -> None:
        self.opened += 1
        act = self.script.pop(0) if self.script else "speak"
        if act == "end":
            raise VenueUnavailable("it has ended")
        if act == "unknown":
            raise UnknownSymbol(symbol="LUNA", known="")
        if act == "cancelled":
            raise asyncio.CancelledError
        while act == "speak":
            line.touch()
            await asyncio.sleep(0.01)
        await asyncio.Event().wait()

    async def drop(self, _line: Line) -> None:
        self.dropped += 1

    async def again(self) -> None:
        self.caught_up += 1

    async def lives(self, seconds: float) -> None:
        listener = Listener([self.line], self.drop, self.again)
        life = asyncio.ensure_future(listener.run())
        await asyncio.sleep(seconds)
        life.cancel()
        await asyncio.wait([life])


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr("bot.live.listening.FIRST_PAUSE", timedelta(milliseconds=10))
    monkeypatch.setattr("bot.live.listening.CLOSELY", 0.02)


async def test_a_line_that_speaks_is_left_alone():
    wire = Wire()
    await wire.lives(0.2)
    assert (wire.opened, wire.dropped, wire.line.is_down) == (1, 0, False)


async def test_a_line_that_is_silent_for_too_long_is_opened_anew_and_caught_up(caplog):
    wire = Wire("silent")
    await wire.lives(0.3)
    assert (wire.opened, wire.dropped, wire.caught_up) == (2, 1, 1)
    assert "Binance: candles is down: nothing has come for 0 s" in caplog.text
    assert "Binance: candles speaks again" in caplog.text


@pytest.mark.parametrize("end", ["end", "cancelled", "unknown"])
async def test_a_line_that_ends_is_opened_anew(end):
    wire = Wire(end)
    await wire.lives(0.2)
    assert wire.opened == 2
    assert not wire.line.is_down


async def test_a_long_outage_is_told_once_and_asked_less_and_less_often(caplog):
    wire = Wire(*["end"] * 50)
    await wire.lives(0.3)
    assert caplog.text.count("is down") == 1
    assert 3 <= wire.opened <= 6


class Shared:
    """A healthy line and a sick one on one connection, for hours of virtual time."""

    def __init__(self, sick_lives: float) -> None:
        clock = VirtualClock(datetime(2026, 1, 1, tzinfo=UTC))
        patience = timedelta(seconds=20)
        self.sick_lives = sick_lives
        self.heard = self.drops = 0
        self.cut = asyncio.Event()
        self.healthy = Line("candles", clock, patience, self.speaks)
        self.sick = Line("order book", clock, patience, self.dies)

    async def speaks(self, line: Line) -> None:
        cut = self.cut
        while not cut.is_set():
            line.touch()
            self.heard += 1
            await asyncio.sleep(1)
        raise VenueUnavailable("dropped")

    async def dies(self, _line: Line) -> None:
        await asyncio.sleep(self.sick_lives)
        raise VenueUnavailable("refused")

    async def drop(self, line: Line) -> None:
        if line is self.sick:
            self.drops += 1
            self.healthy.is_struck = True
            self.cut.set()
            self.cut = asyncio.Event()

    async def again(self) -> None:
        pass

    async def lives(self, hours: int) -> float:
        """The share of time in which the healthy line was heard."""
        life = asyncio.ensure_future(
            Listener([self.healthy, self.sick], self.drop, self.again).run()
        )
        await asyncio.sleep(hours * 3600)
        life.cancel()
        await asyncio.wait([life])
        return self.heard / (hours * 3600)


@pytest.mark.parametrize("sick_lives", [0.2, 5.0, 19.9, 30.0, 59.0, math.inf])
def test_a_line_that_keeps_dying_leaves_its_neighbour_in_peace(monkeypatch, sick_lives):
    monkeypatch.undo()
    shared = Shared(sick_lives)
    assert live(shared.lives(6)) > 0.95
    assert shared.drops < 6 * 62
