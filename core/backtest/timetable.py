"""The closes of a stretch, over all symbols: the moments at which the desk does something."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from core.backtest.history import SymbolHistory
from core.backtest.scenario import Scenario
from core.backtest.street import Rows, Street
from core.domain.market import Floats, Millis, to_millis


class Timetable:
    """`closes` in ms, each once, in (start, end]; at `start` the account is opened."""

    def __init__(self, histories: Sequence[SymbolHistory], scenario: Scenario) -> None:
        start, end = to_millis(scenario.start), to_millis(scenario.end)
        closes = [h.frame.time + h.frame.timeframe.milliseconds for h in histories]
        same = all(np.array_equal(closes[0], other) for other in closes[1:])
        every = closes[0] if same else np.unique(np.concatenate(closes))
        self.closes: Millis = every[(every > start) & (every <= end)]

    @cached_property
    def _listed(self) -> list[int]:
        listed: list[int] = self.closes.tolist()
        return listed

    def __len__(self) -> int:
        return len(self.closes)

    def at(self, place: int) -> int:
        return self._listed[place]

    def first_from(self, moment: int) -> int:
        """The first close at or after a moment; the length when there is none."""
        return bisect_left(self._listed, moment)

    def last_by(self, moment: int) -> int:
        """The last close at or before a moment; -1 when there is none."""
        place = bisect_left(self._listed, moment + 1)
        return place - 1


class Lane:
    """One symbol's street beside the timetable: prices and rows at each close."""

    def __init__(self, street: Street, timetable: Timetable) -> None:
        self.street = street
        self._timetable = timetable

    @cached_property
    def rows(self) -> Rows:
        """At each close: the first bar of the tape that has not closed yet."""
        due = self._timetable.closes - self.street.step
        return np.searchsorted(self.street.time, due, side="right")

    @cached_property
    def last(self) -> Floats:
        """The price at each close: the open of what comes, or in a hole the last close."""
        return self.street.last_at(self._timetable.closes)

    @cached_property
    def told(self) -> Millis:
        """When that price was last true, in ms."""
        return self.street.told_at(self._timetable.closes)

    @cached_property
    def mark(self) -> Floats:
        return self.street.mark_at(self._timetable.closes)
