"""Which market the desk lives in: a recording or a synthetic one, from when to when, how fast."""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.errors import NoSuchMarket
from bot.market.files import read
from bot.market.recording import Recording
from bot.market.synthetic import PROFILES, synthetic
from core.domain.market import CandleFrame, Timeframe, from_millis

logger = logging.getLogger(__name__)

SEED = 7
WARM_UP = 3_000
AHEAD = 24 * 180
SYNTHETIC_START = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for; both dates are included."""

    candles: tuple[Path, ...] = ()
    symbols: tuple[str, ...] = ()
    timeframe: Timeframe = Timeframe.H1
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """A market and the stretch of it that is lived through; what came earlier is warm-up."""

    recording: Recording
    symbols: tuple[str, ...]
    timeframe: Timeframe
    start: datetime
    end: datetime


def playback(wish: Wish, now: datetime | None = None) -> Playback:
    """With files their record, else a synthetic market; `now` puts its present at this moment.

    Raises NoSuchMarket, CandleFileError.
    """
    if wish.candles:
        return _recorded(read(wish.candles), wish)
    return _synthetic(wish, now)


def _synthetic(wish: Wish, now: datetime | None) -> Playback:
    unknown = [symbol for symbol in wish.symbols if symbol not in PROFILES]
    if unknown:
        raise NoSuchMarket(
            f"the synthetic market has no {unknown[0]}; it has {', '.join(PROFILES)}"
        )
    duration = wish.timeframe.duration
    chosen = _midnight(wish.first) if wish.first else now or SYNTHETIC_START
    start = wish.timeframe.floor(chosen)
    opened = start - duration * WARM_UP
    recording = synthetic(SEED, wish.symbols, wish.timeframe, opened, WARM_UP + AHEAD)
    end = start + duration * AHEAD
    last = _midnight(wish.last) + timedelta(days=1) if wish.last else end
    if last <= start:
        raise NoSuchMarket(f"nothing to play between {start:%Y-%m-%d} and {wish.last}")
    return Playback(recording, wish.symbols, wish.timeframe, start, min(end, last))


def _recorded(recording: Recording, wish: Wish) -> Playback:
    for line in recording.report.lines():
        logger.warning("%s", line)
    symbols = wish.symbols or recording.symbols
    missing = [symbol for symbol in symbols if symbol not in recording.symbols]
    if missing or not symbols:
        there = ", ".join(recording.symbols) or "no candles at all"
        raise NoSuchMarket(f"the files hold no candles of {', '.join(missing)}: there is {there}")
    start, end = _span(recording, symbols, wish)
    return Playback(recording, symbols, wish.timeframe, start, end)


def _span(recording: Recording, symbols: tuple[str, ...], wish: Wish) -> tuple[datetime, datetime]:
    frames = [frame for symbol in symbols for frame in recording.candles[symbol].values()]
    if all(frame.timeframe.duration > wish.timeframe.duration for frame in frames):
        raise NoSuchMarket(f"the files are coarser than --timeframe {wish.timeframe}")
    first = min(from_millis(int(frame.time[0])) for frame in frames)
    last = max(_end(frame) for frame in frames)
    start = _midnight(wish.first) if wish.first else _after_warm_up(first, last, wish.timeframe)
    end = _midnight(wish.last) + timedelta(days=1) if wish.last else last
    if start >= min(end, last) or end <= first:
        raise NoSuchMarket(
            f"nothing to play between {start:%Y-%m-%d} and {end:%Y-%m-%d}: "
            f"the files run from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
        )
    return max(start, first), min(end, last)


def _end(frame: CandleFrame) -> datetime:
    return from_millis(int(frame.time[-1])) + frame.timeframe.duration


def _after_warm_up(first: datetime, last: datetime, timeframe: Timeframe) -> datetime:
    """Rules need a past: at most WARM_UP candles of it, at most half of what there is."""
    return timeframe.floor(first + min(timeframe.duration * WARM_UP, (last - first) / 2))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
