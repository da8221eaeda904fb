"""One parameter set put to the test, and looked at after each part of its stretch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.backtest.objectives import Metrics
from core.domain.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Job:
    """What is tried, and when it is looked at: `borders` are the start, looks between, the end."""

    tuning: Tuning
    borders: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stretch has brought so far; the last stage speaks of all of it."""

    metrics: Metrics
    last: bool = True


Attempt = Callable[[Job], Iterator[Stage]]


def borders(start: datetime, end: datetime, parts: int) -> tuple[datetime, ...]:
    """A stretch cut into equal parts."""
    return (*(start + (end - start) * part / parts for part in range(parts)), end)
