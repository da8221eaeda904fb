"""`python -m bot candles fetch|import|check|export`: the past of markets, in files and a store."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.candles.checking import check
from bot.candles.export import export, file_name, format_of
from bot.candles.fetch import FetchHistory, Wanted
from bot.candles.options import DAYS, STORE, parser
from bot.candles.patience import Patience
from bot.candles.place import days, opened, store_path
from bot.candles.progress import Progress
from bot.candles.taking_in import Rows, TakeIn, cut, series
from bot.errors import Stop, WrongQuestion
from bot.exchanges.sources import open_source
from bot.market.clock import SystemClock
from bot.market.files import read
from bot.settings import load_settings
from core.domain.history import Kind, Series
from core.domain.market import from_millis


def main(words: Sequence[str]) -> int:
    """The exit code. Raises Stop for whatever cannot be done."""
    said = parser().parse_args(words)
    return RUN[said.command](said)


def _fetch(said: argparse.Namespace) -> int:
    first, last = days(said)
    now = SystemClock().now()
    end = min(last or now, now)
    start = first or end - timedelta(days=said.days or DAYS)
    if start >= end:
        raise WrongQuestion(f"--from {start:%Y-%m-%d} has not come yet")
    wanted = Wanted(
        symbols=said.symbols or load_settings().symbol_list,
        timeframes=said.timeframes,
        kinds=said.kinds,
        start=start,
        end=end,
    )
    return asyncio.run(_fetched(said, wanted))


async def _fetched(said: argparse.Namespace, wanted: Wanted) -> int:
    progress = Progress()
    source = open_source(said.venue)
    try:
        async with opened(said.data) as candles:
            patience = Patience(asyncio.sleep, progress.says)
            new = await FetchHistory(source, candles, patience, progress)(wanted)
    finally:
        await source.close()
    _say(f"{new:,} new rows of {source.venue}")
    return 0


def _import(said: argparse.Namespace) -> int:
    recording = read(said.paths)
    for line in recording.report.lines():
        sys.stderr.write(f"{line}\n")

    async def taken() -> int:
        async with opened(said.data) as candles:
            return await TakeIn(candles, said.venue.lower(), _say, SystemClock())(recording)

    _say(f"{asyncio.run(taken()):,} new rows of {said.venue.lower()}")
    return 0


def _export(said: argparse.Namespace) -> int:
    found = list(_chosen(said, *days(said)))
    if not found:
        raise Stop("nothing of what was asked for is kept")
    if format_of(said.target.name) is None:
        named = [(said.target / file_name(one, said.suffix), one, rows) for one, rows in found]
    else:
        named = [(said.target, *_only(found, said.kinds))]
    for path, one, rows in named:
        export(path, one, rows)
        _say(f"{path}: {len(rows):,} rows")
    return 0


def _chosen(
    said: argparse.Namespace, start: datetime | None, end: datetime | None
) -> Iterator[tuple[Series, Rows]]:
    """Empty series are none."""
    paths = [store_path(said.data)] if said.candles == [STORE] else said.candles
    for one, rows in series(read(paths, said.symbols), ""):
        if said.days and start is None and end is None:
            part = cut(rows, _end(one, rows) - timedelta(days=said.days), None)
        else:
            part = cut(rows, start, end)
        is_asked = one.kind in said.kinds and one.timeframe in {None, *said.timeframes}
        if len(part) and is_asked and (not said.symbols or one.symbol in said.symbols):
            yield one, part


def _end(one: Series, rows: Rows) -> datetime:
    """When the last candle closes; the moment after the last funding."""
    last = from_millis(int(rows.time[-1]))
    return last + (one.timeframe.duration if one.timeframe else timedelta(milliseconds=1))


def _only(found: Sequence[tuple[Series, Rows]], kinds: Sequence[Kind]) -> tuple[Series, Rows]:
    """One file holds one series: the candles, unless others are asked for."""
    candles = [one for one in found if one[0].kind is Kind.CANDLES]
    mine = candles if candles and len(kinds) == len(Kind) else found
    if len(mine) > 1:
        names = ", ".join(one.name for one, _ in mine)
        raise Stop(f"one file holds one series; say which, or name a folder: {names}")
    return mine[0]


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


RUN: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "fetch": _fetch,
    "import": _import,
    "check": check,
    "export": _export,
}
