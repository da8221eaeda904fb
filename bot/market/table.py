"""One file's good rows, with the symbol, the timeframe and the kind of thing they record."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

import numpy as np

from bot.market import checks
from bot.market.formats import Layout
from bot.market.names import fault_in, symbol_in, timeframe_in
from bot.market.report import CandleFileError, FileReport
from bot.market.sieve import Sieve
from core.domain.history import Kind
from core.domain.market import Floats, Millis, Timeframe

FEW = 12
DEEP = 4  # indexPriceKlines/BTCUSDT/1h/BTCUSDT-1h-2024-01.zip
HOUR = 3_600_000


class Source(Protocol):
    """A table in a file, whatever it is written in. Its symbol may stand in any of `names`."""

    @property
    def name(self) -> str: ...

    @property
    def names(self) -> tuple[str, ...]: ...

    def rows(self) -> tuple[Layout, Sieve]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are open, high, low, close and perhaps volume, or the funding rate, as rows."""

    report: FileReport
    time: Millis
    columns: Floats


def load(source: Source) -> Table:
    """Unusable files raise CandleFileError; bad rows are left out and reported."""
    symbol = _symbol(source)
    layout, sieve = source.rows()
    checks.check(sieve, layout.kind)
    _must_hold_rows(sieve, source)
    timeframe = None if layout.kind is Kind.FUNDING else _on_grid(sieve, source)
    times = _times(sieve, layout.kind)
    _must_not_run_backwards(sieve, times, source)
    checks.check_order(sieve, times)
    late = _late(sieve, layout.kind)
    report = FileReport(
        name=source.name,
        kind=_kind(layout, sieve, source),
        symbol=symbol,
        timeframe=timeframe,
        rows=len(sieve),
        refused=sieve.refused,
        late=int((late > 0).sum()),
        latest=int(late.max(initial=0)),
    )
    return Table(report, _times(sieve, layout.kind), sieve.values[:, 1:])


def _symbol(source: Source) -> str:
    if fault := next(filter(None, map(fault_in, _places(source))), None):
        raise CandleFileError(f"{source.name}: {fault}.")
    symbol = next(filter(None, map(symbol_in, source.names)), None)
    if symbol is None:
        raise CandleFileError(f"{source.name}: the name holds no symbol such as BTCUSDT.")
    return symbol


def _places(source: Source) -> tuple[str, ...]:
    """Dumps say it in the name, or in one of the folders in which they come."""
    return (*source.names, *PurePath(source.name).parts[-DEEP:])


def _must_hold_rows(sieve: Sieve, source: Source) -> None:
    if len(sieve):
        return
    if not sieve.refused:
        raise CandleFileError(f"{source.name}: there is nothing below line 1.")
    first = sieve.refused[0]
    fault = f"{first.examples[0]} has {first.flaw}"
    raise CandleFileError(f"{source.name}: no row can be used; {fault}.")


def _on_grid(sieve: Sieve, source: Source) -> Timeframe:
    named = next(filter(None, map(timeframe_in, source.names)), None)
    timeframe = _timeframe(checks.millis(sieve.values), named, source)
    checks.check_grid(sieve, timeframe)
    _must_hold_rows(sieve, source)
    return timeframe


def _timeframe(times: Millis, named: Timeframe | None, source: Source) -> Timeframe:
    """The most common step between candles; the name decides where steps are equally common, or
    where so few rows were good that their steps say little.
    """
    common = _common_steps(times)
    if named and len(times) < FEW and all(step % named.milliseconds == 0 for step in common):
        return named
    known = [timeframe for timeframe in Timeframe if timeframe.milliseconds in common]
    if named and (named in known or not common):
        return named
    if known:
        return known[0]
    if named and common[0] % named.milliseconds == 0:
        return named
    raise CandleFileError(f"{source.name}: {_strange(common)} ({', '.join(Timeframe)}).")


def _common_steps(times: Millis) -> list[int]:
    distances = np.abs(np.diff(times))
    steps, counts = np.unique(distances[distances > 0], return_counts=True)
    return [int(step) for step in steps[counts == counts.max(initial=0)]]


def _strange(steps: list[int]) -> str:
    if not steps:
        return "one candle, and no timeframe in the name, tell none of the known timeframes"
    return f"candles come every {steps[0] / 60_000:g} minutes, which is no known timeframe"


def _late(sieve: Sieve, kind: Kind) -> Millis:
    """How long after the full hour each funding stamp came, in ms; candles are never late."""
    times = checks.millis(sieve.values)
    return times % HOUR if kind is Kind.FUNDING else np.zeros_like(times)


def _times(sieve: Sieve, kind: Kind) -> Millis:
    """Venues stamp funding some milliseconds late; candles are exact."""
    times = checks.millis(sieve.values)
    return times - times % 1000 if kind is Kind.FUNDING else times


def _must_not_run_backwards(sieve: Sieve, times: Millis, source: Source) -> None:
    steps = np.diff(times)
    if len(steps) > 1 and 2 * int((steps < 0).sum()) > len(steps):
        line = sieve.example(int(sieve.numbers[1])).line
        fault = f"from line {line} on the newest rows come first; sort them by time"
        raise CandleFileError(f"{source.name}: {fault}.")


def _kind(layout: Layout, sieve: Sieve, source: Source) -> Kind:
    if not layout.is_kline_dump or "markprice" not in source.name.lower():
        return layout.kind
    return layout.kind if sieve.values[:, 5].any() else Kind.MARKS
