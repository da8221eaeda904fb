"""Which of the desk's numbers a search may turn, and how far."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations, product

from core.domain.tuning import STANDARD, VOICES, Tuning

Value = int | float | str
Point = Mapping[str, Value]
NAMES = tuple(field.name for field in fields(Tuning))
WHOLE = frozenset(name for name in NAMES if isinstance(getattr(STANDARD, name), int))
PLUS = "+"
DECIMALS = 10  # of a multiple of a step, so that 3 * 0.1 is 0.3


@dataclass(frozen=True, slots=True)
class Range:
    """Multiples of `step` from `low` up to `high`; without a step, anything between."""

    name: str
    low: float
    high: float
    step: float | None = None

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.name}: the low end {self.low:g} lies above {self.high:g}")
        if self.step is not None and self.step <= 0:
            raise ValueError(f"{self.name}: a step must be above 0, was {self.step:g}")
        if self.name in WHOLE and any(n % 1 for n in (self.low, self.high, self.step or 1)):
            raise ValueError(f"{self.name} goes in whole numbers")
        for end in (self.low, self.high):
            _must_fit(self.name, end)

    @property
    def stride(self) -> float | None:
        """The step; whole numbers have one, said or not."""
        return 1 if self.step is None and self.name in WHOLE else self.step

    @property
    def count(self) -> int | None:
        """How many multiples there are; None without a step."""
        if self.stride is None:
            return None
        return math.floor((self.high - self.low) / self.stride + 1e-9) + 1

    @property
    def values(self) -> tuple[Value, ...]:
        """Every multiple. Raises ValueError without a step."""
        if self.stride is None:
            raise ValueError(f"{self.name}: a grid needs a step, as in LOW..HIGH:STEP")
        return tuple(self.value(self.low + row * self.stride) for row in range(self.count or 0))

    def value(self, number: float) -> Value:
        return round(number) if self.name in WHOLE else round(float(number), DECIMALS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these. Voices are joined by a plus: trend+breakout."""

    name: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.values or len(set(self.values)) < len(self.values):
            raise ValueError(f"{self.name}: choices must be different, and at least one")
        for value in self.values:
            _must_fit(self.name, value)

    @property
    def count(self) -> int:
        return len(self.values)


Dimension = Range | Choice


@dataclass(frozen=True, slots=True)
class Space:
    """The dimensions of a search; what they do not name stays as it is."""

    dimensions: tuple[Dimension, ...]

    def __post_init__(self) -> None:
        names = [dimension.name for dimension in self.dimensions]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice or not names:
            raise ValueError(f"{twice[0]} is given twice" if twice else "nothing to search")

    def __getitem__(self, name: str) -> Dimension:
        return next(dimension for dimension in self.dimensions if dimension.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dimension.name for dimension in self.dimensions)

    @property
    def count(self) -> int | None:
        """How many points a grid has; None where a dimension has no step."""
        counts = [dimension.count for dimension in self.dimensions]
        return None if None in counts else math.prod(count or 1 for count in counts)

    def grid(self) -> Iterator[Point]:
        """Every point, the last dimension turning fastest. Raises ValueError without steps."""
        columns = [dimension.values for dimension in self.dimensions]
        return (dict(zip(self.names, row, strict=True)) for row in product(*columns))

    def rounded(self, point: Point) -> Point:
        """Without the dust of binary fractions: 1.4, not 1.4000000000000001."""
        return {name: _rounded(self[name], point[name]) for name in self.names}

    def tuning(self, point: Point, base: Tuning = STANDARD) -> Tuning:
        """`base` with the numbers of a point."""
        return turned(base, self.rounded(point))

    def point(self, tuning: Tuning) -> Point:
        """Where a tuning stands in this space."""
        found = {name: getattr(tuning, name) for name in self.names}
        return {n: PLUS.join(v) if isinstance(v, tuple) else v for n, v in found.items()}


def _rounded(dimension: Dimension, value: Value) -> Value:
    if isinstance(dimension, Choice) or isinstance(value, str):
        return value
    return dimension.value(value)


def turned(base: Tuning, point: Point) -> Tuning:
    """Raises ValueError for what no desk can be turned to."""
    values = {name: _field(name, value) for name, value in point.items()}
    return replace(base, **values)  # type: ignore[arg-type] # _field keeps to the field's type


def _field(name: str, value: Value) -> int | float | tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split(PLUS))
    return round(value) if name in WHOLE else float(value)


def _must_fit(name: str, value: Value) -> None:
    voices = value.split(PLUS) if isinstance(value, str) else ()
    if strange := [voice for voice in voices if voice not in VOICES]:
        raise ValueError(f"{name}: {strange[0]!r} is none of the voices {', '.join(VOICES)}")
    try:
        turned(STANDARD, {name: value})
    except ValueError as reason:
        raise ValueError(f"{name}: {value} does not do: {reason}") from None


def _together() -> tuple[str, ...]:
    """Every company of voices, from one alone to all."""
    sizes = range(1, len(VOICES) + 1)
    return tuple(PLUS.join(some) for size in sizes for some in combinations(VOICES, size))


USUAL: Mapping[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Range("horizon", 12, 120, 6),
        Range("stop_in_atr", 1.0, 4.0, 0.25),
        Range("target_in_stops", 1.4, 4.0, 0.2),
        Range("fixed_stop", 0.005, 0.04, 0.005),
        Range("trend_in_atr", 0.1, 1.5, 0.1),
        Range("trend_adx", 10, 30, 2),
        Range("stretched", 1.0, 3.0, 0.25),
        Range("fresh", 1, 12, 1),
        Range("channel", 12, 120, 12),
        Range("prior", 0, 100, 10),
        Range("quorum", 1, 3, 1),
        Range("hurdle", 0.0, 0.004, 0.0005),
        Choice("voices", _together()),
    )
}
DEFAULT = Space(
    tuple(
        USUAL[name]
        for name in (
            "horizon",
            "stop_in_atr",
            "target_in_stops",
            "trend_in_atr",
            "trend_adx",
            "stretched",
            "channel",
            "quorum",
        )
    )
)
