"""A live desk on loopback: its Telegram, fake venues under their real names, a person at a phone.

The venues' clock is the desk's, and a test moves it; nothing but ccxt's own import takes long.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import process
from bot.app import Desk
from bot.command_line import read_command
from bot.jobs import Job
from bot.live.market import LiveMarket
from bot.settings import Settings
from bot.stages.stage import Seat
from bot.storage.ledger import SqlLedger
from core.domain.opinion import Decision
from core.domain.people import Language
from core.owner import ACCOUNT, newcomer
from tests.bot.stages.rails import MOMENT, catching, haste, wired
from tests.handlers.telegram import OWNER, TOKEN, Weather, telegram
from tests.handlers.town import blank_database
from tests.phone import Phone
from tests.venues.binance.dialect import BINANCE
from tests.venues.bybit.dialect import BYBIT
from tests.venues.generated import NOON, world
from tests.venues.korea.dialects import UPBIT
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.venue import Venue
from tests.venues.world import Clock

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
EVE = NOON - 60_000  # a minute before a candle of an hour closes
DAYS = 8
PATIENCE = 5.0
IMPORTS = 30.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a test wants otherwise than the usual."""

    language: Language = Language.EN
    words: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


USUAL = Plan()


@dataclass
class City:
    """A desk on real time that answers, and the means to live with it."""

    venues: Venues
    desk: Desk
    market: LiveMarket
    phone: Phone
    close: Callable[[], Awaitable[None]]
    jobs: tuple[Job, ...]
    formed: list[tuple[Decision, ...]]

    @property
    def ledger(self) -> SqlLedger:
        return self.desk.stores.ledger

    @property
    def own(self) -> Venue:
        return self.venues["binance"]

    @property
    def second(self) -> Venue:
        return self.venues["bybit"]

    @property
    def price(self) -> float:
        return self.venues.world["BTC"].price(self.venues.world.now)

    def moves(self, **length: float) -> None:
        """Time passes, and no venue says a word of it."""
        self.venues.world.clock.now += int(timedelta(**length).total_seconds() * 1000)

    async def passes(self, seconds: int) -> None:
        """Time passes as it does: candles close, streams tell, and the desk looks around."""
        for _ in range(seconds // 5):
            await self.venues.advance(seconds=5)
            await asyncio.sleep(2 * MOMENT.total_seconds())

    async def listens(self) -> None:
        """Until the streams of the own venue are subscribed to and have spoken."""
        await until(lambda: len(self.own.hub.feeds) >= 4)

    async def works(self, *names: str) -> None:
        for job in self.jobs:
            if job.name in names:
                await job.run()

    async def holds(self, coin: str = "BTC") -> None:
        """A position in this coin, wanted and approved by the person."""
        await self.phone.says(f"/analyze {coin}")
        await self.phone.taps("Long anyway")
        await self.phone.taps("✅")

    async def hears(self, words: str) -> dict[str, Any]:
        """The message with these words, as soon as it lies in the chat."""
        for _ in range(int(PATIENCE / MOMENT.total_seconds())):
            await self.desk.notifier.flush()
            await self.phone.look()
            if self.phone.sees(words):
                break
            await asyncio.sleep(MOMENT.total_seconds())
        return self.phone.message(words)

    def counts(self, words: str) -> int:
        return sum(words in message["text"] for message in self.phone.messages)

    async def open_trades(self):
        return await self.ledger.live_trades(ACCOUNT)


async def until(happens: Callable[[], object], patience: float = PATIENCE) -> None:
    async with asyncio.timeout(patience):
        while not happens():  # noqa: ASYNC110 - facts of a fake, which tells nobody
            await asyncio.sleep(0.005)


@asynccontextmanager
async def fakes(
    coins: tuple[str, ...] = ("BTC", "ETH"), start: int = EVE
) -> AsyncIterator[Venues]:
    there = world(coins, clock=Clock(start), days=DAYS, ahead=600)
    async with venues_on_loopback(there, (BINANCE, BYBIT, UPBIT)) as venues:
        yield venues


@asynccontextmanager
async def living(
    monkeypatch: pytest.MonkeyPatch, venues: Venues, folder: Path, plan: Plan = USUAL
) -> AsyncIterator[City]:
    """From `sit`, as `python -m bot run` has it, to a phone that has said hello."""
    haste(monkeypatch)
    wired(monkeypatch, venues)
    caught = catching(monkeypatch)
    await blank_database(folder / "desk.sqlite3")
    async with telegram(Weather(), plan.language) as url, aiohttp.ClientSession() as http:
        settings = Settings(_env_file=None, **_settings(plan))
        asked = read_command(["run", *plan.words.split()])
        life = asyncio.ensure_future(process.sit(_seat(url, folder, plan), asked, settings))
        try:
            await until(lambda: life.done() or hasattr(caught, "close"), IMPORTS)
            if life.done():
                life.result()
            phone = Phone(http, url, caught.traffic, OWNER)
            city = City(
                venues, caught.desk, caught.market, phone, caught.close, caught.jobs, caught.formed
            )
            await phone.says("/start")
            yield city
        finally:
            life.cancel()
            await asyncio.wait([life])
        if not life.cancelled():
            life.result()


def _settings(plan: Plan) -> dict[str, Any]:
    usual = {"symbols": f"{BTC},{ETH}", "usd_krw": Decimal(1_350), "news_feeds": ""}
    return {**usual, **plan.settings}


def _seat(url: str, folder: Path, plan: Plan) -> Seat:
    return Seat(
        token=TOKEN,
        api_url=url,
        owner=newcomer(OWNER, OWNER, "Mina", plan.language),
        speed=None,
        language=plan.language,
        folder=folder,
        url="",
        krw=None,
        paced=False,
        ready=lambda: None,
    )
