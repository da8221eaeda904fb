"""From what was asked to a running process: settings, market, clock, database, desk."""

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.app import Desk, Wiring, assemble
from bot.attempts import Attempt
from bot.command_line import Asked
from bot.errors import WrongSetting
from bot.jobs import Every, Job
from bot.late_models import AT_FIRST, warm_up
from bot.market.clock import PacedClock, SystemClock
from bot.market.market import RecordedMarket
from bot.market.playback import Playback, Wish, playback
from bot.running import database_url, first_card, opened, prepare, run
from bot.runs.place import Place, place
from bot.runs.runner import ProcessRunner
from bot.settings import Settings
from bot.stepper import Stepper
from bot.storage.database import Database
from bot.storage.notes import SqlNotes
from bot.stores import short_id
from core.domain.market import Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.people import Approval, Language, Person
from core.owner import ACCOUNT, newcomer, opening_settings
from core.ports import Clock

logger = logging.getLogger(__name__)

SYNTHETIC_ANCHOR = "synthetic_start"
CLOCK_NOTE = "clock"
BACKTESTS = "backtests"
PAIRING_CODE = 8
CHATTY = (
    *("aiogram.event", "apscheduler", "aiohttp.access", "matplotlib"),
    *("httpx2", "httpcore2", "asyncprawcore"),  # they write down addresses, and keys in them
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the desk sits: which Telegram, whose desk, at which pace (None: real time)."""

    token: str
    api_url: str
    owner: Person | None
    speed: float | None
    language: Language
    folder: Path
    url: str
    krw: Decimal | None
    paced: bool
    ready: Callable[[], None]


def start_logging(level: str) -> None:
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=level, format=form)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


def telegram(asked: Asked, settings: Settings) -> None:
    """The desk in Telegram, or at any Bot API server that TELEGRAM_API_URL names. Raises Stop."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise WrongSetting("TELEGRAM_TOKEN: get one from @BotFather, or run `python -m bot demo`")
    language = asked.language or settings.language
    owner = settings.owner_id
    plays = bool(asked.candles) or asked.speed is not None
    seat = Seat(
        token=token,
        api_url=settings.telegram_api_url,
        owner=newcomer(owner, owner, "", language) if owner else None,
        speed=(asked.speed if asked.speed is not None else 1.0) if plays else None,
        language=language,
        folder=asked.data or settings.data_dir,
        url=settings.database_url,
        krw=settings.usdt_krw,
        paced=asked.speed != 0,
        ready=lambda: None,
    )
    asyncio.run(sit(seat, asked, settings))


async def sit(seat: Seat, asked: Asked, settings: Settings) -> None:
    """Open the ledger, put the desk together, bring it up to date, and let it run."""
    async with opened(database_url(seat.url, seat.folder)) as database:
        game = await _game(seat, asked, settings, SqlNotes(database))
        clock = await _clock(seat, game, database)
        market = RecordedMarket(game.recording, clock)
        wiring = _wiring(seat, settings, place(asked.candles, game))
        desk = assemble(wiring, market, clock, database)
        try:
            approval = Approval.AUTOPILOT if asked.autopilot else Approval.ASK
            opening = opening_settings(game.symbols, game.timeframe, approval)
            await prepare(desk, opening, seat.owner)
            await _offer(desk, wiring.pairing_code)
            _settle_memory(desk)
            seat.ready()
            if isinstance(clock, PacedClock):
                await _drive(desk, seat, asked, game, market, clock)
            else:
                await _keep_time(desk, seat.language, game.timeframe, settings, clock)
        finally:
            await desk.bot.session.close()


def _wiring(seat: Seat, settings: Settings, where: Place) -> Wiring:
    return Wiring(
        token=seat.token,
        api_url=seat.api_url,
        language=seat.language,
        equity=settings.equity,
        krw=seat.krw,
        pairing_code="" if seat.owner else short_id(PAIRING_CODE),
        paced=seat.paced,
        runner=ProcessRunner(where, seat.folder.absolute() / BACKTESTS),
    )


async def _offer(desk: Desk, code: str) -> None:
    """A desk that nobody owns says on the console how to claim it."""
    if code and not await desk.stores.ledger.people():
        print(f"This desk has no owner yet. Send it:  /start {code}", flush=True)  # noqa: T201


async def _game(seat: Seat, asked: Asked, settings: Settings, notes: SqlNotes) -> Playback:
    """In real time a synthetic market begins now, and goes on from there after a restart."""
    wish = Wish(
        candles=asked.candles,
        symbols=asked.symbols or (() if asked.candles else settings.symbol_list),
        timeframe=asked.timeframe or settings.timeframe,
        first=asked.first,
        last=asked.last,
    )
    if seat.speed is not None or asked.candles:
        return await asyncio.to_thread(playback, wish)
    anchor = await notes.get(SYNTHETIC_ANCHOR)
    start = datetime.fromisoformat(anchor) if anchor else SystemClock().now()
    await notes.put(SYNTHETIC_ANCHOR, start.isoformat())
    return await asyncio.to_thread(playback, wish, start)


async def _clock(seat: Seat, game: Playback, database: Database) -> Clock:
    """A simulated clock goes on where it stood when the process ended."""
    if seat.speed is None:
        return SystemClock()
    stood = await SqlNotes(database).get(CLOCK_NOTE)
    start = max(game.start, datetime.fromisoformat(stood)) if stood else game.start
    return PacedClock(start, seat.speed)


def _settle_memory(desk: Desk) -> None:
    """Build what the first answer needs, and keep the collector off what lives for ever."""
    desk.models.extend(warm_up(AT_FIRST))
    gc.freeze()
    gc.enable()


async def _drive(
    desk: Desk, seat: Seat, asked: Asked, game: Playback, market: RecordedMarket, clock: PacedClock
) -> None:
    """Simulated time, moment by moment."""
    attempt = Attempt(ACCOUNT, clock, desk.stores.ledger)

    async def remember() -> None:
        await desk.stores.notes.put(CLOCK_NOTE, clock.now().isoformat())

    async def next_close(after: datetime) -> datetime | None:
        close = market.next_close(after, game.timeframe)
        return close if close is not None and close <= game.end else None

    jobs = (Job("clock", Every(timedelta(0)), remember), *desk.jobs)
    waiting, pauses = partial(first_card, desk), not asked.autopilot
    stepper = Stepper(clock, jobs, seat.speed or 0.0, next_close, waiting, pauses, attempt)
    await run(desk, partial(_play, desk, stepper, asked.autopilot), seat.language, protects=False)


async def _keep_time(
    desk: Desk, language: Language, timeframe: Timeframe, settings: Settings, clock: Clock
) -> None:
    """The machine's time; nothing else needs APScheduler, and nothing else goes online."""
    from bot.news.desk import news_jobs  # noqa: PLC0415
    from bot.scheduler import schedule  # noqa: PLC0415

    attempt = Attempt(ACCOUNT, clock, desk.stores.ledger)
    news = news_jobs(settings, clock, desk.stores.news, desk.rounds)
    scheduler = schedule((*desk.jobs, *news), timeframe, attempt)
    scheduler.start()
    try:
        await run(desk, partial(_listen, news, attempt), language, protects=True)
    finally:
        scheduler.shutdown(wait=False)


async def _listen(news: Sequence[Job], attempt: Attempt) -> None:
    """The scheduler drives; only the news need not wait for their first turn."""
    for job in news:
        await attempt(job)
    await asyncio.Event().wait()


async def _play(desk: Desk, stepper: Stepper, at_once: bool) -> None:
    """To the end of the data; from then on the desk only answers. Without an autopilot time
    stands still until somebody is there to live it.
    """
    speed = stepper.clock.speed
    stepper.clock.set_speed(0)
    if not at_once:
        await desk.presence.somebody()
    stepper.clock.set_speed(speed)
    await stepper.run()
    stepper.clock.set_speed(0)
    now = desk.clock.now()
    await desk.stores.ledger.commit(Notice(ACCOUNT, NoticeKind.DATA_ENDED, now))
    await desk.notifier.flush()
