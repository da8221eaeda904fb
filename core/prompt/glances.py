"""What is told of many symbols' candles at one look: worked out side by side, and once.

A longer frame in which nothing has closed since the last look is told as it was then.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.domain.market import CandleFrame, Floats, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.indicators import Abreast, abreast
from core.prompt import features, tables
from core.prompt.features import short
from core.prompt.tables import Table

K = TypeVar("K")
V = TypeVar("V")

SEEN = 400  # candles; from here on what is shown no longer depends on how many there are
MOST = 512

Told = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Glance:
    """What candles are told as; nothing at all where no sense can be made of them."""

    features: Told = field(default_factory=dict)
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How frames are told."""

    features: Callable[[Abreast], Iterator[tuple[str, Floats]]]
    tables: Callable[[Abreast], Iterable[Table]]


DECIDING = Way(features.deciding, tables.deciding)
LONGER = Way(features.trend, tables.longer)
NAMES = ("mid", "long")


@dataclass(slots=True)
class Kept(Generic[K, V]):
    """The values that were asked for last, by their keys."""

    values: OrderedDict[K, V] = field(default_factory=OrderedDict)

    def all(self, keys: Sequence[K], make: Callable[[Sequence[int]], Iterable[V]]) -> list[V]:
        """`make` is told the places of those that are not there yet."""
        first = {key: place for place, key in reversed(list(enumerate(keys)))}
        new = [place for key, place in first.items() if key not in self.values]
        made = dict(zip((keys[place] for place in new), make(new), strict=True)) if new else {}
        found = [made[key] if key in made else self.values[key] for key in keys]
        self.values.update(made)
        while len(self.values) > MOST:
            self.values.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class Glances:
    """Looks at many symbols, and remembers the last looks."""

    snapshots: Kept[str, Glance] = field(default_factory=Kept)
    longer: Kept[tuple[Timeframe, bytes], Glance] = field(default_factory=Kept)

    def of(self, snapshots: Sequence[MarketSnapshot]) -> list[Glance]:
        """One for each."""
        return self.snapshots.all(
            [snapshot.hash for snapshot in snapshots],
            lambda places: self._made([snapshots[place] for place in places]),
        )

    def _made(self, snapshots: Sequence[MarketSnapshot]) -> Iterator[Glance]:
        deciding = glances_at([snapshot.frame for snapshot in snapshots], DECIDING)
        longer = [_longer(snapshot) for snapshot in snapshots]
        told = iter(self._told(list(chain.from_iterable(longer))))
        for first, frames in zip(deciding, longer, strict=True):
            yield _joined(first, list(islice(told, len(frames))))

    def _told(self, frames: Sequence[CandleFrame]) -> list[Glance]:
        return self.longer.all(
            [_content(frame) for frame in frames],
            lambda places: glances_at([frames[place] for place in places], LONGER),
        )


def glances_at(frames: Sequence[CandleFrame], way: Way) -> list[Glance]:
    """One for each; those that are alike are worked out side by side."""
    alike: defaultdict[tuple[Timeframe, int], list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        alike[frame.timeframe, min(len(frame), SEEN)].append(place)
    told = [Glance()] * len(frames)
    for (_, candles), places in alike.items():
        if candles:
            _look(abreast([frames[place] for place in places], SEEN), way, places, told)
    return told


def _look(side: Abreast, way: Way, places: Sequence[int], told: list[Glance]) -> None:
    sound = np.flatnonzero(_are_sound(side)).tolist()
    if len(sound) < len(side):
        side = side.where(sound)
    if not sound:
        return
    with np.errstate(all="ignore"):
        columns = dict(way.features(side))
        pages = list(way.tables(side))
    values = np.array(list(columns.values())).T.tolist()
    for place, row, page in zip(sound, values, pages, strict=True):
        features = dict(zip(columns, map(short, row), strict=True))
        told[places[place]] = Glance(features, (page,))


def _are_sound(side: Abreast) -> NDArray[np.bool_]:
    """Not those that hold what is no price."""
    prices, volume = side.columns[:4], side.columns[4]
    finite = np.isfinite(prices).all(axis=(0, 2)) & np.isfinite(volume).all(axis=1)
    sound: NDArray[np.bool_] = finite & (prices.min(axis=(0, 2)) > 0)
    return sound


def _longer(snapshot: MarketSnapshot) -> list[CandleFrame]:
    """The shortest of them first."""
    return sorted(snapshot.longer.values(), key=lambda frame: frame.timeframe.milliseconds)


def _content(frame: CandleFrame) -> tuple[Timeframe, bytes]:
    columns = frame.columns[1:]
    return frame.timeframe, b"".join([column[-SEEN:].tobytes() for column in columns])


def _joined(deciding: Glance, longer: Sequence[Glance]) -> Glance:
    features = dict(deciding.features)
    for name, glance in zip(NAMES, longer, strict=False):
        features.update((f"{key}_{name}", value) for key, value in glance.features.items())
    return Glance(features, (*deciding.tables, *chain(*(one.tables for one in longer))))
