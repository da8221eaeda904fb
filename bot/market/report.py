"""What was wrong with the files of a recording, where it stands, and what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import Stop
from core.domain.history import Kind
from core.domain.market import Timeframe

SHOWN = 9


class CandleFileError(Stop):
    """A file that cannot be used at all; the message names the file, the line and the fault."""


class Flaw(StrEnum):
    """Why a row was refused, in words for the console."""

    COLUMNS = "too few or too many columns"
    UNREADABLE = "text that is not a number"
    NOT_FINITE = "NaN or infinity"
    TIME = "no plausible time in milliseconds"
    PRICE = "a price of zero or less"
    HIGH = "a high below open or close"
    LOW = "a low above open or close"
    VOLUME = "a negative volume"
    RATE = "a funding rate of 100 % or more"
    OFF_GRID = "a time off the grid of the timeframe"
    DUPLICATE = "a time that was there already"
    CONFLICT = "a time that was there already, with other numbers"
    BACK_STEP = "a step back in time"


@dataclass(frozen=True, slots=True)
class Example:
    """One refused row: its line in the file, counted from 1, and the beginning of its text."""

    line: int
    content: str

    def __str__(self) -> str:
        return f"line {self.line} {self.content!r}"


@dataclass(frozen=True, slots=True)
class Refused:
    """All rows of a file that one flaw has cost, with the first of them as examples."""

    flaw: Flaw
    count: int
    examples: tuple[Example, ...]

    def __str__(self) -> str:
        examples = ", ".join(map(str, self.examples))
        more = ", …" if self.count > len(self.examples) else ""
        return f"{_counted(self.count, 'row')} refused for {self.flaw}: {examples}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file; `rows` counts those that were good.

    `late` counts funding stamps that came after the full hour, the latest by `latest` ms.
    """

    name: str
    kind: Kind
    symbol: str
    timeframe: Timeframe | None
    rows: int
    refused: tuple[Refused, ...] = ()
    late: int = 0
    latest: int = 0

    def lines(self) -> Iterator[str]:
        for refused in self.refused:
            yield f"{self.name}: {refused}."


@dataclass(frozen=True, slots=True)
class Gap:
    """Candles missing from `start`, the first one's open, until the record goes on at `end`."""

    start: datetime
    end: datetime
    missing: int

    def __str__(self) -> str:
        span = f"from {self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M}"
        return f"{_counted(self.missing, 'candle')} missing {span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesReport:
    """What the files of one symbol and timeframe make together.

    `conflicts` counts rows that a later file tells differently; the first file's are kept.
    """

    symbol: str
    kind: Kind
    timeframe: Timeframe | None
    files: tuple[str, ...]
    rows: int
    gaps: tuple[Gap, ...] = ()
    conflicts: int = 0

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.symbol, self.timeframe, self.kind)))

    def lines(self) -> Iterator[str]:
        if self.conflicts:
            rows = _counted(self.conflicts, "row")
            yield f"{self.name}: {rows} told differently by two files; the first file is believed."
        for gap in self.gaps[:SHOWN]:
            yield f"{self.name}: {gap} UTC."
        if hidden := self.gaps[SHOWN:]:
            candles = sum(gap.missing for gap in hidden)
            more = f"{_counted(len(hidden), 'more gap')}, {_counted(candles, 'candle')}"
            yield f"{self.name}: … and {more}."


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that reading has found."""

    files: tuple[FileReport, ...] = ()
    series: tuple[SeriesReport, ...] = ()

    @property
    def refused(self) -> int:
        return sum(refused.count for file in self.files for refused in file.refused)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for series in self.series for gap in series.gaps)

    @property
    def is_clean(self) -> bool:
        return not self.lines()

    def lines(self) -> Sequence[str]:
        """Plain sentences for the console; none if all is well."""
        parts: tuple[FileReport | SeriesReport, ...] = (*self.files, *self.series)
        return [line for part in parts for line in part.lines()]


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
