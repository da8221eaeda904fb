"""The whole bot on loopback: its Telegram, a market that moves when told to, people with phones."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import aiohttp

from bot.accounts.post import Abroad
from bot.analysts.team import Team
from bot.app import Desk, Wiring, assemble
from bot.jobs import Daily
from bot.late_models import warm_up
from bot.market.clock import PacedClock
from bot.market.market import RecordedMarket
from bot.market.recording import Recording
from bot.running import prepare, run
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.won import TypedWon
from core.domain.account import ON_PAPER, DeskAccount, Roster
from core.domain.market import Timeframe
from core.domain.people import Approval, Language
from core.domain.proposal import ProposalStatus
from core.domain.restraint import Cause, Reason
from core.guard.restraining import RestrainTrading
from core.owner import ACCOUNT, newcomer, opening_settings
from handlers.keys import NO_KEYS, KeyDesk
from tests.handlers.markets import START, SYMBOLS, calm_market
from tests.handlers.runner import FakeRunner
from tests.handlers.telegram import OWNER, TOKEN, Weather
from tests.phone import Phone, Traffic

BLANK: list[bytes] = []
WARM = warm_up()  # pydantic forgets what nobody holds
gc.freeze()


@dataclass
class Town:
    """A desk that answers, and the means to live with it."""

    desk: Desk
    clock: PacedClock
    market: RecordedMarket
    weather: Weather
    traffic: Traffic
    http: aiohttp.ClientSession
    url: str
    address: str
    life: asyncio.Future[None]
    speaks_english: bool

    @property
    def ledger(self) -> SqlLedger:
        return self.desk.stores.ledger

    def phone(self, person: int = OWNER, chat: int = 0) -> Phone:
        return Phone(self.http, self.url, self.traffic, person, chat)

    async def lives(self, hours: int = 1) -> None:
        """So many closes go by, each with the jobs of the table in their order."""
        for _ in range(hours):
            close = self.market.next_close(self.clock.now(), Timeframe.H1)
            self.clock.advance_to(close)
            await self.works()

    async def waits(self, **length: float) -> None:
        """Time passes between closes."""
        self.clock.advance_to(self.clock.now() + timedelta(**length))
        await self.works("expire", "outbox")

    async def works(self, *names: str) -> None:
        for job in self.desk.jobs:
            if job.name in names or not (names or isinstance(job.when, Daily)):
                await job.run()

    async def offers(self, phone: Phone, coin: str = "BTC") -> None:
        """A card for this coin lies in the chat, wanted by the person if not by the desk."""
        await phone.says(f"/analyze {coin}")
        if not await self.waiting():
            await phone.taps("Long anyway" if self.speaks_english else "그래도 롱")

    async def holds(self, phone: Phone, coin: str = "BTC") -> None:
        """A position in this coin, approved by the person."""
        await self.offers(phone, coin)
        await phone.taps("✅")

    async def halts(self, *reasons: Reason) -> None:
        """The guards have found something, and it is told."""
        turn = self.desk.posts.main.engine.change_settings.turn
        now = self.desk.clock.now()
        restrain = RestrainTrading(ACCOUNT, self.desk.clock, self.ledger, turn)
        await restrain([Cause(reason, now, "12 MiB") for reason in reasons])
        await self.flushes()

    async def flushes(self) -> None:
        await self.desk.notifier.flush()

    async def waiting(self):
        return await self.ledger.proposals(ACCOUNT, status=ProposalStatus.PENDING)

    async def open_trades(self):
        return await self.ledger.live_trades(ACCOUNT)

    async def settings(self):
        return await self.ledger.settings(ACCOUNT)


async def blank_database(path: Path) -> str:
    """The address of a migrated database; made once, then copied."""
    address = f"sqlite+aiosqlite:///{path}"
    if not BLANK:
        database = await Database.open(address)
        await migrate(database)
        await database.close()
        BLANK.append(path.read_bytes())  # noqa: ASYNC240 - a small file, once
    elif not path.exists():  # noqa: ASYNC240
        path.write_bytes(BLANK[0])  # noqa: ASYNC240
    return address


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a test wants otherwise than the usual."""

    language: Language = Language.EN
    recording: Recording | None = None
    paired: bool = True
    code: str = ""
    krw: Decimal | None = None
    autopilot: bool = False
    start: datetime = START
    symbols: Sequence[str] = SYMBOLS
    events_file: Path | None = None
    team: Team | None = None
    key_desk: KeyDesk = NO_KEYS
    roster: Roster = ON_PAPER
    shut: tuple[DeskAccount, ...] = ()
    abroad: Abroad | None = None


USUAL = Plan()


@asynccontextmanager
async def living(url: str, weather: Weather, folder: Path, plan: Plan) -> AsyncIterator[Town]:
    """A desk at this Telegram, with its ledger in this folder."""
    address = await blank_database(folder / "desk.sqlite3")
    database = await Database.open(address)
    clock = PacedClock(plan.start, 0)
    market = RecordedMarket(plan.recording or calm_market(), clock)
    desk, traffic = _counted(assemble(_wiring(url, plan, clock), market, clock, database))
    approval = Approval.AUTOPILOT if plan.autopilot else Approval.ASK
    owner = newcomer(OWNER, OWNER, "Mina", plan.language) if plan.paired else None
    traded = (tuple(plan.symbols), Timeframe.H1, approval)
    openings = [opening_settings(*traded, of) for of in plan.roster.accounts]
    await prepare(desk, openings, owner)
    english = plan.language is Language.EN
    try:
        async with aiohttp.ClientSession() as http, running(desk, plan.language) as life:
            yield Town(desk, clock, market, weather, traffic, http, url, address, life, english)
    finally:
        await (await desk.bot.session.create_session()).close()
        await desk.minds.aclose()
        await desk.posts.aclose()
        await database.close()


@asynccontextmanager
async def running(desk: Desk, language: Language) -> AsyncIterator[asyncio.Future[None]]:
    """The process's own loops; what breaks in them breaks the test."""
    life = asyncio.ensure_future(run(desk, _for_ever, language, protects=False))
    try:
        yield life
    finally:
        life.cancel()
        await asyncio.wait([life])
    if not life.cancelled():
        life.result()


def _counted(desk: Desk) -> tuple[Desk, Traffic]:
    traffic = Traffic()

    async def after() -> None:
        await desk.notifier.flush()
        traffic.handled()

    return replace(desk, poller=replace(desk.poller, after=after)), traffic


def _wiring(url: str, plan: Plan, clock: PacedClock) -> Wiring:
    return Wiring(
        token=TOKEN,
        api_url=url,
        language=plan.language,
        equity=Decimal(10_000),
        won=TypedWon(clock, plan.krw),
        pairing_code=plan.code,
        paced=False,
        runner=FakeRunner(),
        events_file=plan.events_file,
        team=plan.team,
        key_desk=plan.key_desk,
        roster=plan.roster,
        shut=plan.shut,
        abroad=plan.abroad,
    )


async def _for_ever() -> None:
    await asyncio.Event().wait()
