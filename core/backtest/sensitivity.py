"""Is the best set a plateau or a needle? The objective around it, over two of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.backtest.objectives import Aim, Metrics
from core.backtest.space import Choice, Dimension, Point, Space, Value

REACH = 3  # steps to each side
PARTS = 20  # of a range that has no step
CLOSE = 0.1  # a neighbour is as good when it lacks at most this part of the best


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """`values[row][column]` is the objective, None where nothing feasible came of it; `best` is the
    row and the column of the best point.

    `plateau` is the share of the other cells that come within CLOSE of the best one.
    """

    objective: str
    across: str
    up: str
    columns: tuple[Value, ...]
    rows: tuple[Value, ...]
    values: tuple[tuple[float | None, ...], ...]
    best: tuple[int, int]
    plateau: float | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A point and what lies around it in the plane of two dimensions."""

    names: tuple[str, str]
    best: Point
    columns: tuple[Value, ...]
    rows: tuple[Value, ...]

    def points(self) -> tuple[Point, ...]:
        """Row by row; all other numbers stay as they are."""
        across, up = self.names
        return tuple({**self.best, across: x, up: y} for y in self.rows for x in self.columns)

    def mapped(self, aim: Aim, metrics: Sequence[Metrics | None]) -> Sensitivity:
        """What came of the points, None for what was not tried."""
        scores = [aim.score(each or {}) for each in metrics]
        heights = [score.values[0] if score.feasible else None for score in scores]
        wide, (across, up) = len(self.columns), self.names
        cut = (heights[row * wide : (row + 1) * wide] for row in range(len(self.rows)))
        values = tuple(tuple(row) for row in cut)
        place = self.rows.index(self.best[up]), self.columns.index(self.best[across])
        return Sensitivity(
            objective=aim.objectives[0],
            across=across,
            up=up,
            columns=self.columns,
            rows=self.rows,
            values=values,
            best=place,
            plateau=plateau(values, place, aim.signs[0]),
        )


def neighbours(space: Space, best: Point, names: tuple[str, str]) -> Neighbours:
    columns, rows = (near(space[name], best[name]) for name in names)
    return Neighbours(names, best, columns, rows)


def near(dimension: Dimension, value: Value) -> tuple[Value, ...]:
    """A value and its neighbours within the dimension, in their order."""
    if isinstance(dimension, Choice):
        place = dimension.values.index(value)
        return dimension.values[max(place - REACH, 0) : place + REACH + 1]
    stride = dimension.stride or (dimension.high - dimension.low) / PARTS
    steps = range(-REACH, REACH + 1)
    numbers = {step: float(value) + step * stride for step in steps}
    room = stride * 1e-6
    inside = [n for n in steps if dimension.low - room <= numbers[n] <= dimension.high + room]
    return tuple(dimension.value(numbers[step]) if step else value for step in inside)


def plateau(
    values: tuple[tuple[float | None, ...], ...], best: tuple[int, int], sign: int = 1
) -> float | None:
    """The share of the other cells that lack at most CLOSE of the best; None without any."""
    row, column = best
    top = values[row][column]
    others = [
        value for y, line in enumerate(values) for x, value in enumerate(line) if (y, x) != best
    ]
    if top is None or not others:
        return None
    least = sign * top - CLOSE * abs(top)
    good = [value for value in others if value is not None and sign * value >= least]
    return len(good) / len(others)
