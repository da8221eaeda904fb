"""A table's rows as numbers, and a sieve that remembers every row it throws away."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.market.formats import Layout
from bot.market.report import Example, Flaw, Refused
from core.domain.market import Floats

EXAMPLES = 3
LONGEST = 80
Mask = NDArray[np.bool_]


class Sieve:
    """The rows that are still good. `numbers` says where in `texts` each one stands."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.texts = text.split("\n")
        self._refused: dict[Flaw, list[int]] = {}
        filled = [row for row, line in enumerate(self.texts) if line and not line.isspace()]
        self.numbers = np.array(filled[layout.has_header :], dtype=np.int64)
        self.values: Floats = np.empty((len(self.numbers), 0))
        self.refuse(Flaw.COLUMNS, self._misfits(layout.width))
        self.values = parse([self.texts[number] for number in self.numbers], layout.columns)

    def __len__(self) -> int:
        return len(self.numbers)

    def _misfits(self, width: int) -> Mask:
        counts = [self.texts[number].count(",") for number in self.numbers]
        return np.array([count != width - 1 for count in counts], dtype=np.bool_)

    def refuse(self, flaw: Flaw, bad: Mask) -> None:
        if bad.any():
            self._refused.setdefault(flaw, []).extend(self.numbers[bad].tolist())
            self.numbers, self.values = self.numbers[~bad], self.values[~bad]

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(
            Refused(flaw, len(rows), tuple(map(self.example, rows[:EXAMPLES])))
            for flaw, rows in self._refused.items()
        )

    def example(self, number: int) -> Example:
        return Example(number + 1, self.texts[number][:LONGEST])


def parse(lines: Sequence[str], columns: Sequence[int]) -> Floats:
    """One row of numbers per line; a line that is none becomes a row of NaN."""
    if not lines:
        return np.empty((0, len(columns)))
    try:
        return np.loadtxt(lines, delimiter=",", comments=None, usecols=columns, ndmin=2)
    except ValueError:
        return _halves(lines, columns)


def _halves(lines: Sequence[str], columns: Sequence[int]) -> Floats:
    """Halving finds the few bad lines among many without reading each good one by itself."""
    if len(lines) == 1:
        return np.full((1, len(columns)), np.nan)
    middle = len(lines) // 2
    return np.concatenate((parse(lines[:middle], columns), parse(lines[middle:], columns)))
