"""Which market the desk lives in: a recording or a synthetic one, from when to when, how fast."""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.errors import NoSuchMarket
from bot.market.files import read
from bot.market.recording import Recording
from bot.market.store_name import store_name
from bot.market.synthetic import PROFILES, synthetic
from core.domain.market import CandleFrame, Timeframe, from_millis

logger = logging.getLogger(__name__)

SEED = 7
WARM_UP = 3_000
AHEAD = 24 * 180
MOST = 3_000_000
SYNTHETIC_START = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """How far a living desk's market has come. A made-up one `opened` then, in candles of `tape`;
    for files that is None.
    """

    now: datetime
    opened: datetime | None = None
    tape: Timeframe = Timeframe.H1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for; both dates are included.

    `days` count back from the last one, or on from `first`. `seed` makes the synthetic market.
    Nothing is looked at that comes after the `present`.
    """

    candles: tuple[Path, ...] = ()
    symbols: tuple[str, ...] = ()
    timeframe: Timeframe = Timeframe.H1
    first: date | None = None
    last: date | None = None
    days: int | None = None
    seed: int = SEED
    present: Present | None = None

    @property
    def begin(self) -> datetime | None:
        """The first midnight, as far as the dates alone say it."""
        if self.first is None and self.last and self.days:
            return _midnight(self.last) - timedelta(days=self.days - 1)
        return _midnight(self.first) if self.first else None

    @property
    def finish(self) -> datetime | None:
        """The midnight after the last day, as far as the dates alone say it."""
        if self.last is None and self.first and self.days:
            return _midnight(self.first) + timedelta(days=self.days)
        return _midnight(self.last) + timedelta(days=1) if self.last else None


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
        recording = read(wish.candles, wish.symbols)
        if any(map(store_name, wish.candles)):
            recording = recording.up_to(wish.timeframe)
        return _recorded(recording, wish)
    if wish.present and wish.present.opened:
        return _recorded(_so_far(wish, wish.present, wish.present.opened), wish)
    return _synthetic(wish, now)


def _so_far(wish: Wish, present: Present, opened: datetime) -> Recording:
    """With the candle that opens now, of which a desk knows the open."""
    candles = (present.now - opened) // present.tape.duration + 1
    return synthetic(wish.seed, wish.symbols, present.tape, opened, candles)


def _synthetic(wish: Wish, now: datetime | None) -> Playback:
    unknown = [symbol for symbol in wish.symbols if symbol not in PROFILES]
    if unknown:
        raise NoSuchMarket(
            f"the synthetic market has no {unknown[0]}; it has {', '.join(PROFILES)}"
        )
    start = wish.timeframe.floor(wish.begin or now or SYNTHETIC_START)
    end = wish.finish or start + _ahead(wish)
    if end <= start:
        raise NoSuchMarket(f"nothing to play between {start:%Y-%m-%d} and {wish.last}")
    ahead = -((start - end) // wish.timeframe.duration)
    if ahead > MOST:
        raise NoSuchMarket(f"a synthetic market has {MOST:,} candles at most, not {ahead:,}")
    opened = start - wish.timeframe.duration * WARM_UP
    recording = synthetic(wish.seed, wish.symbols, wish.timeframe, opened, WARM_UP + ahead)
    return Playback(recording, wish.symbols, wish.timeframe, start, end)


def _ahead(wish: Wish) -> timedelta:
    return timedelta(days=wish.days) if wish.days else wish.timeframe.duration * AHEAD


def _recorded(recording: Recording, wish: Wish) -> Playback:
    for line in recording.report.lines():
        logger.warning("%s", line)
    symbols = wish.symbols or recording.symbols
    missing = [symbol for symbol in symbols if symbol not in recording.symbols]
    if not recording.symbols:
        raise NoSuchMarket("the files hold no candles at all")
    if missing:
        there = ", ".join(recording.symbols)
        raise NoSuchMarket(f"the files hold no candles of {', '.join(missing)}: there is {there}")
    start, end = _span(recording, symbols, wish)
    return Playback(recording, symbols, wish.timeframe, start, end)


def _span(recording: Recording, symbols: tuple[str, ...], wish: Wish) -> tuple[datetime, datetime]:
    frames = [frame for symbol in symbols for frame in recording.candles[symbol].values()]
    if all(frame.timeframe.duration > wish.timeframe.duration for frame in frames):
        raise NoSuchMarket(f"the files are coarser than --timeframe {wish.timeframe}")
    first = min(from_millis(int(frame.time[0])) for frame in frames)
    last = max(_end(frame) for frame in frames)
    if wish.present:
        last = min(last, wish.timeframe.floor(wish.present.now))
    end = wish.finish or last
    start = wish.begin or _default_start(first, min(end, last), wish)
    if start >= min(end, last) or end <= first:
        raise NoSuchMarket(
            f"nothing to play between {start:%Y-%m-%d} and {end:%Y-%m-%d}: "
            f"the files run from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
        )
    return max(start, first), min(end, last)


def _end(frame: CandleFrame) -> datetime:
    return from_millis(int(frame.time[-1])) + frame.timeframe.duration


def _default_start(first: datetime, end: datetime, wish: Wish) -> datetime:
    """Rules need a past: at most WARM_UP candles of it, at most half of what there is."""
    if wish.days:
        return wish.timeframe.floor(end - timedelta(days=wish.days))
    past = min(wish.timeframe.duration * WARM_UP, (end - first) / 2)
    return wish.timeframe.floor(first + past)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
