"""What makes a live desk quick and watched in a test: its venues, its pauses, its scheduler."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.client.session.aiohttp import AiohttpSession

from bot import process
from bot.app import Desk, assemble
from bot.exchanges import opening
from bot.exchanges.venues import Venue
from bot.looking import Look
from bot.news.errors import Failed
from bot.settings import Settings
from bot.stages import feeds, live
from core.domain.market import Timeframe, from_millis
from core.owner import ACCOUNT
from tests.handlers.haste import hurry
from tests.phone import Traffic
from tests.venues.loopback import Venues
from tests.venues.world import Clock

ROWS = 150
MOMENT = timedelta(milliseconds=10)


@dataclass
class WorldClock:
    """The time of the fake venues."""

    clock: Clock

    def now(self) -> datetime:
        return from_millis(self.clock.now)


def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short histories and short pauses; nobody is on the net."""
    hurry(monkeypatch)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr("bot.stages.live.HISTORY", ROWS)
    monkeypatch.setattr("bot.stages.feeds.WINDOWS", dict.fromkeys(Timeframe, ROWS))
    monkeypatch.setattr("bot.stages.feeds.FIRST_WORD", 0.5)
    monkeypatch.setattr("bot.live.patience.PATIENCE", 0.5)
    monkeypatch.setattr("bot.live.keeping.LOOK", MOMENT)
    monkeypatch.setattr("bot.live.listening.FIRST_PAUSE", MOMENT)
    monkeypatch.setattr("bot.running.PROTECT_EVERY", MOMENT)
    monkeypatch.setattr("bot.running.AFTER_HELLO", 0.0)
    monkeypatch.setattr("bot.news.desk.Fetch", lambda _clock: _nobody)
    monkeypatch.setattr(AiohttpSession, "close", _at_once)


async def _at_once(session: AiohttpSession) -> None:
    """Without the quarter of a second that aiogram grants a network."""
    if session._session is not None:
        await session._session.close()


async def _nobody(_address: str, _headers: object = None) -> None:
    raise Failed("there is no network here")


def wired(monkeypatch: pytest.MonkeyPatch, venues: Venues) -> None:
    """Every client of the desk reaches the fakes, and tells their time."""

    def adjust(client: Any) -> None:
        venues.wire(client)
        client.enableRateLimit = False
        client.timeout = 400
        client.milliseconds = venues.world.clock

    async def opened(row: Venue, _adjust: object = None) -> Any:
        return await opening.open_client(row, adjust)

    monkeypatch.setattr(feeds, "open_client", opened)
    monkeypatch.setattr(live, "SystemClock", partial(WorldClock, venues.world.clock))


def catching(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The desk as soon as it stands; and its scheduler, which works when a test says so."""
    caught, formed = SimpleNamespace(traffic=Traffic(), formed=[]), Look.form

    async def form(look: Look) -> None:
        await formed(look)
        caught.formed.append(look.formed.get(ACCOUNT, ()))

    monkeypatch.setattr(Look, "form", form)

    def counted(wiring: Any, market: Any, clock: Any, database: Any) -> Desk:
        desk = assemble(wiring, market, clock, database)

        async def after() -> None:
            await desk.notifier.flush()
            caught.traffic.handled()

        caught.market = market
        caught.desk = replace(desk, poller=replace(desk.poller, after=after))
        return caught.desk

    def scheduled(jobs: Any, close: Any, _attempt: Any) -> Any:
        async def closes() -> None:
            """The tick, and what is thought about it."""
            await close()
            await close.__self__.resting.wait()

        closes.closing = close.__self__
        caught.jobs, caught.close = tuple(jobs), closes
        return SimpleNamespace(start=lambda: None, shutdown=lambda *, wait: None)

    monkeypatch.setattr(process, "assemble", counted)
    monkeypatch.setattr("bot.stages.real_time.schedule", scheduled)
    return caught
