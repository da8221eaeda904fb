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
    """A column drawn as a line, NaN where it is undefined; `guides` are values worth a grid line."""

    label: str
    column: Floats
    guides: tuple[float, ...] = ()


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
    """Candles, and what somebody means to do with them or did."""

    title: str
    subtitle: str
    frame: CandleFrame
    overlays: tuple[Line, ...] = ()
    panel: Line | None = None
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    watermark: str = ""
    price_digits: int = 2
    style: Style = Style()

    def __post_init__(self) -> None:
        if not len(self.frame):
            raise ValueError("a picture needs at least one candle")
        lines = self.overlays if self.panel is None else (*self.overlays, self.panel)
        for line in lines:
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


Picture = CandlePicture | EquityPicture


def _same_length(line: Line, length: int) -> None:
    if len(line.column) != length:
        raise ValueError(f"{line.label}: {len(line.column)} values for {length} moments")
