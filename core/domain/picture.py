"""What a chart should show, in numbers and in words that are already in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from core.domain.market import CandleFrame, Floats, Millis
from core.domain.trading import Side


class LevelKind(StrEnum):
    """Why a price deserves a line of its own."""

    ENTRY = "entry"
    STOP = "stop"
    TARGET = "target"
    LIQUIDATION = "liquidation"
    MARK = "mark"
    EXIT = "exit"


class MarkKind(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Line:
    """A column drawn as a line, NaN where it is undefined; `guides` are values worth a grid line.

    `shade` says which of the palette's colours it has; otherwise its place among the lines does.
    """

    label: str
    column: Floats
    guides: tuple[float, ...] = ()
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two columns, drawn as a veil with edges."""

    label: str
    upper: Floats
    lower: Floats


@dataclass(frozen=True, slots=True)
class Panel:
    """A smaller chart below the candles: lines, the first one foremost, perhaps over bars."""

    lines: tuple[Line, ...]
    bars: Floats | None = None
    guides: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a panel needs at least one line")

    @property
    def columns(self) -> tuple[Line, ...]:
        bars = () if self.bars is None else (Line("bars", self.bars),)
        return (*self.lines, *bars)


@dataclass(frozen=True, slots=True)
class Level:
    """A price with its name and the price as people should read it."""

    kind: LevelKind
    price: float
    label: str
    text: str

    def __post_init__(self) -> None:
        if not np.isfinite(self.price):
            raise ValueError(f"a level needs a price, was {self.price}")


@dataclass(frozen=True, slots=True)
class Mark:
    """An arrow at something that was bought or sold."""

    time: datetime
    price: float
    side: Side
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark beside one point of an equity curve."""

    time: datetime
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Style:
    """How the reader likes pictures. `red_up` is the Korean custom: red gains, blue loses."""

    dark: bool = False
    red_up: bool = False
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandlePicture:
    """Candles, what is read from them, and what somebody means to do with them or did."""

    title: str
    subtitle: str
    frame: CandleFrame
    overlays: tuple[Line, ...] = ()
    band: Band | None = None
    volume: bool = True
    panel: Panel | None = None
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    watermark: str = ""
    price_digits: int = 2
    style: Style = Style()

    def __post_init__(self) -> None:
        if not len(self.frame):
            raise ValueError("a picture needs at least one candle")
        panel = () if self.panel is None else self.panel.columns
        for line in (*self.overlays, *_edges(self.band), *panel):
            _same_length(line, len(self.frame))


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityPicture:
    """What an account was worth, moment by moment.

    `label` names the curve beside its benchmarks, which are in its units. `drawdown` holds
    fractions at or below zero.
    """

    title: str
    subtitle: str
    label: str = ""
    time: Millis
    equity: Floats
    benchmarks: tuple[Line, ...] = ()
    drawdown: Line | None = None
    annotations: tuple[Annotation, ...] = ()
    watermark: str = ""
    value_digits: int = 0
    style: Style = Style()

    def __post_init__(self) -> None:
        if not len(self.time):
            raise ValueError("a picture needs at least one moment")
        drawdown = () if self.drawdown is None else (self.drawdown,)
        for line in (Line("", self.equity), *self.benchmarks, *drawdown):
            _same_length(line, len(self.time))
        if not np.isfinite(self.equity).all():
            raise ValueError("an equity curve has no holes")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPicture:
    """A table of values as shades, one row of `values` for each of `rows`, the first one lowest.

    NaN where there is no value. `texts` are the values as people read them, `best` is the row and
    the column of the one that all is about. Where `falls`, less is better.
    """

    title: str
    subtitle: str
    across: str
    up: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    values: Floats
    texts: tuple[tuple[str, ...], ...]
    best: tuple[int, int]
    falls: bool = False
    watermark: str = ""
    style: Style = Style()

    def __post_init__(self) -> None:
        shape = len(self.rows), len(self.columns)
        if self.values.shape != shape or [len(row) for row in self.texts] != [shape[1]] * shape[0]:
            raise ValueError("a table needs a value and a text for each row and column")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityPicture:
    """What was forecast, across, against what came of it: a dot for each bin, and how sure it is.

    Everything is a fraction; `texts` say above the dots how many outcomes they are worth. `honest`
    names the diagonal on which a forecast means what it says, `across` what is said, `up` what came.
    """

    title: str
    subtitle: str
    across: str
    up: str
    honest: str
    forecast: Floats
    outcome: Floats
    low: Floats
    high: Floats
    texts: tuple[str, ...]
    watermark: str = ""
    style: Style = Style()

    def __post_init__(self) -> None:
        if not len(self.forecast):
            raise ValueError("a picture needs at least one bin")
        for column in (self.outcome, self.low, self.high, self.texts):
            if len(column) != len(self.forecast):
                raise ValueError("each bin needs a share, its interval and a text")


Picture = CandlePicture | EquityPicture | ReliabilityPicture


def _edges(band: Band | None) -> tuple[Line, ...]:
    return () if band is None else (Line(band.label, band.upper), Line(band.label, band.lower))


def _same_length(line: Line, length: int) -> None:
    if len(line.column) != length:
        raise ValueError(f"{line.label}: {len(line.column)} values for {length} moments")
