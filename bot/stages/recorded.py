"""A desk in files or in a made-up market: on simulated time, or in real time from now on."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from bot.app import Desk
from bot.attempts import Attempt
from bot.command_line import Asked
from bot.jobs import Every, Job
from bot.market.clock import PacedClock, SystemClock
from bot.market.market import RecordedMarket
from bot.market.playback import Playback, Wish, playback
from bot.running import Fit, first_card, run
from bot.runs.place import place
from bot.settings import Settings
from bot.stages.stage import Seat, Stage
from bot.stepper import Stepper
from bot.storage.notes import SqlNotes
from bot.won import TypedWon
from core.domain.notice import Notice, NoticeKind

SYNTHETIC_ANCHOR = "synthetic_start"
CLOCK_NOTE = "clock"


async def recorded_stage(seat: Seat, asked: Asked, settings: Settings, notes: SqlNotes) -> Stage:
    """Raises NoSuchMarket, CandleFileError."""
    game = await _game(seat, asked, settings, notes)
    clock = await _clock(seat, game, notes)
    market = RecordedMarket(game.recording, clock)
    if isinstance(clock, PacedClock):
        drive = partial(_step, seat, asked, game, market, clock)
    else:
        from bot.stages.real_time import live_through  # noqa: PLC0415 - APScheduler

        drive = partial(live_through, seat=seat, settings=settings)
    return Stage(
        market=market,
        clock=clock,
        symbols=game.symbols,
        timeframe=game.timeframe,
        fit=Fit(game.symbols, game.timeframe),
        where=place(asked.candles, game),
        won=TypedWon(clock, seat.krw),
        in_real_time=seat.speed is None,
        drive=drive,
    )


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


async def _clock(seat: Seat, game: Playback, notes: SqlNotes) -> PacedClock | SystemClock:
    """A simulated clock goes on where it stood when the process ended."""
    if seat.speed is None:
        return SystemClock()
    stood = await notes.get(CLOCK_NOTE)
    start = max(game.start, datetime.fromisoformat(stood)) if stood else game.start
    return PacedClock(start, seat.speed)


async def _step(
    seat: Seat, asked: Asked, game: Playback, market: RecordedMarket, clock: PacedClock, desk: Desk
) -> None:
    async def remember() -> None:
        await desk.stores.notes.put(CLOCK_NOTE, clock.now().isoformat())

    async def next_close(after: datetime) -> datetime | None:
        close = market.next_close(after, game.timeframe)
        return close if close is not None and close <= game.end else None

    attempt = Attempt(desk.posts.main.name, clock, desk.stores.ledger)
    jobs = (Job("clock", Every(timedelta(0)), remember), *desk.jobs)
    waiting, pauses = partial(first_card, desk), not asked.autopilot
    stepper = Stepper(clock, jobs, seat.speed or 0.0, next_close, waiting, pauses, attempt)
    await run(desk, partial(_play, desk, stepper, asked.autopilot), seat.language, protects=False)


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
    ended = Notice(desk.posts.main.name, NoticeKind.DATA_ENDED, now)
    await desk.stores.ledger.commit(ended)
    await desk.notifier.flush()
