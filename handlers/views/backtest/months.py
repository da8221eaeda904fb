"""Months side by side, a year in each line, as fund reports show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from core.backtest.figures import Month


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months, None where nothing was lived through, and what they compound to."""

    year: int
    months: tuple[float | None, ...]
    total: float


def years(months: Iterable[Month]) -> tuple[Year, ...]:
    """Oldest first."""
    found: dict[int, dict[int, float]] = {}
    for month in months:
        found.setdefault(month.start.year, {})[month.start.month] = month.change
    return tuple(_year(year, changes) for year, changes in sorted(found.items()))


def _year(year: int, changes: dict[int, float]) -> Year:
    total = prod(1 + change for change in changes.values()) - 1
    return Year(year, tuple(changes.get(month) for month in range(1, 13)), total)
