"""A table's rows as numbers, and a sieve that remembers every row it throws away."""

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.market.formats import Layout
from bot.market.report import Example, Flaw, Refused
from core.domain.market import Floats

EXAMPLES = 3
LONGEST = 80
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class Sieve:
    """The rows that are still good. `numbers` says where in the file each one stands."""

    def __init__(self, numbers: Numbers, values: Floats, text: Callable[[int], str]) -> None:
        self.numbers = numbers
        self.values = values
        self._text = text
        self._refused: dict[Flaw, list[int]] = {}

    @classmethod
    def of_text(cls, text: str, layout: Layout) -> Self:
        texts = text.split("\n")
        filled = [row for row, line in enumerate(texts) if line and not line.isspace()]
        numbers = np.array(filled[layout.has_header :], dtype=np.int64)
        sieve = cls(numbers, np.empty((len(numbers), 0)), texts.__getitem__)
        counts = [texts[number].count(",") for number in numbers]
        misfits = [count != layout.width - 1 for count in counts]
        sieve.refuse(Flaw.COLUMNS, np.array(misfits, dtype=np.bool_))
        sieve.values = parse([texts[number] for number in sieve.numbers], layout.columns)
        return sieve

    @classmethod
    def of_columns(cls, columns: Floats) -> Self:
        """Rows that were numbers already: "line" 1 is the first of them."""
        numbers = np.arange(len(columns), dtype=np.int64)
        return cls(numbers, columns, lambda row: ",".join(map(repr, columns[row].tolist())))

    def __len__(self) -> int:
        return len(self.numbers)

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
        return Example(number + 1, self._text(number)[:LONGEST])


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
