"""Walks one shared account through a stretch: from event to event, never from candle to candle.

At each close that matters the desk's order of work is kept: bars are lived through, levels follow,
the account is marked, then cards are made and answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush

import numpy as np

from core.backtest.edges import Decisions
from core.backtest.entering import Entering, Wish
from core.backtest.life import follow, live, watched
from core.backtest.lot import Lot
from core.backtest.scenario import Jitter, Scenario
from core.backtest.stand import Stand
from core.backtest.street import touch
from core.backtest.timetable import Lane, Timetable
from core.domain.market import exact
from core.domain.trade import Exit

FAR = 1 << 62


@dataclass(slots=True)
class Course:
    """A lot on its way: the next bar of the tape to look at, and the close at which to follow."""

    lot: Lot
    lane: Lane
    time_stop: int
    row: int
    ends: int
    seen: int


class Walk:
    """One account's walk. `wishes` are (close, order, wish), by time and then by symbol."""

    def __init__(
        self,
        scenario: Scenario,
        lanes: Mapping[str, Lane],
        decisions: Mapping[str, Decisions],
        timetable: Timetable,
    ) -> None:
        self.scenario, self.lanes, self.timetable = scenario, lanes, timetable
        self.stand = Stand(scenario.settings, lanes, timetable, scenario.equity, scenario.events)
        self.entering = Entering(scenario, self.stand)
        self.done: list[Lot] = []
        self._wishes = wishes(scenario, lanes, decisions, timetable)
        self._courses: list[tuple[int, int, Course]] = []
        self.edges = edges_of(decisions)
        self._place = self._count = 0

    def run(self) -> None:
        """To the end of the stretch; what is open then is closed at the last price."""
        self.go_to(len(self.timetable))
        self._finish()

    def go_to(self, stop: int) -> None:
        """Through every close before the one at this place; may be called again with a later one."""
        while self._place < len(self._wishes) or self._courses:
            at = self._place
            wished = self._wishes[at][0] if at < len(self._wishes) else FAR
            going = self._courses[0][0] if self._courses else FAR
            close = min(wished, going)
            if close >= stop:
                break
            while self._place < len(self._wishes) and self._wishes[self._place][0] == close:
                self._place += 1
            self._visit(close, [wish for _, _, wish in self._wishes[at : self._place]])

    def _visit(self, close: int, wished: Sequence[Wish]) -> None:
        free = [wish for wish in wished if not self.stand.holds(wish.lane.street.symbol)]
        due = self._courses and self._courses[0][0] == close
        if not (free or due):
            return
        self.stand.arrive(close)
        self._go_on(close)
        self.stand.marked()
        free = [wish for wish in wished if not self.stand.holds(wish.lane.street.symbol)]
        for lot in self.entering.look(free) if free else ():
            self._set_out(lot)

    def _go_on(self, close: int) -> None:
        """Every lot that has something to live through by this close."""
        due: list[Course] = []
        while self._courses and self._courses[0][0] == close:
            due.append(heappop(self._courses)[2])
        for course in due:
            self._live(course, close)
        for course in due:
            if course.lot.is_open:
                self._follow(course, close)
        for course in due:
            if course.lot.is_open:
                self._wait(course)

    def _live(self, course: Course, close: int) -> None:
        lot, stop = course.lot, int(course.lane.rows.item(close))
        while lot.is_open and course.row < stop:
            live(lot, course.row)
            course.row = self._next_row(course, course.row + 1)
        if not lot.is_open:
            lot.reach(course.lane.last[course.seen + 1 : close].tolist())
        self._bury(lot)

    def _follow(self, course: Course, close: int) -> None:
        lot = course.lot
        prices = course.lane.last[course.seen + 1 : close + 1].tolist()
        course.seen = close
        stop = lot.stop
        follow(lot, prices, self.stand.moment, course.time_stop)
        if lot.stop is not stop:
            course.row = self._next_row(course, int(course.lane.rows.item(close)))
        self._bury(lot)

    def _bury(self, lot: Lot) -> None:
        if not lot.is_open:
            self.stand.leave(lot)
            self.done.append(lot)

    def _set_out(self, lot: Lot) -> None:
        lane, close = self.lanes[lot.street.symbol], self.stand.close
        time_stop = _milliseconds(lot)
        ends = self.timetable.first_from(lot.opened_at + time_stop)
        course = Course(lot, lane, time_stop, int(lane.rows.item(close)), ends, close)
        course.row = self._next_row(course, course.row)
        self._wait(course)

    def _wait(self, course: Course) -> None:
        """Until a bar may touch it, its time is over, or its stop may follow the price."""
        lot, street = course.lot, course.lane.street
        touched = FAR
        if course.row < len(street.time):
            touched = self.timetable.first_from(street.close_time(course.row))
        nearest = min(touched, course.ends)
        if lot.hits and lot.trail is not None:
            nearest = min(nearest, self._follows(course, min(nearest, len(self.timetable))))
        self._count += 1
        heappush(self._courses, (nearest, self._count, course))

    def _follows(self, course: Course, until: int) -> int:
        """The first close at which the price moves the stop of a lot that trails."""
        beyond, first = course.lot.moves_beyond, self.stand.close + 1
        prices = course.lane.last[first:until]
        moved = np.flatnonzero(prices > beyond if course.lot.sign > 0 else prices < beyond)
        return first + int(moved[0]) if len(moved) else until

    def _next_row(self, course: Course, row: int) -> int:
        """The next bar on which something may happen, not looking past the time stop."""
        lot, street = course.lot, course.lane.street
        if not lot.is_open:
            return row
        last = len(self.timetable) - 1
        stop = int(course.lane.rows.item(min(course.ends, last)))
        between = watched(lot)
        found = touch(street.tape, row, stop, between.low, between.high)
        if street.marks is not None:
            found = touch(street.marks, row, found, between.mark_low, between.mark_high)
        stamps = street.stamps
        if lot.due < len(stamps.row):
            found = min(found, max(row, stamps.row[lot.due]))
        return found

    def _finish(self) -> None:
        last = len(self.timetable) - 1
        if last < 0:
            return
        self.stand.arrive(last)
        for lot in list(self.stand.lots):
            lot.pay_until(self.stand.moment)
            price = exact(self.lanes[lot.street.symbol].last.item(last))
            lot.close_at_market(price, self.stand.moment, Exit.DATA)
            self._bury(lot)


def edges_of(decisions: Mapping[str, Decisions]) -> int:
    """How many decisions ask for a trade."""
    return sum(len(made.edges) for made in decisions.values())


def wishes(
    scenario: Scenario,
    lanes: Mapping[str, Lane],
    decisions: Mapping[str, Decisions],
    timetable: Timetable,
) -> list[tuple[int, int, Wish]]:
    """Every decision with an edge: at which close, and in the order of the account's symbols. What
    would be entered at the last close would only be sold again there.
    """
    return sorted(
        _wished(scenario, lanes, decisions, timetable), key=lambda wish: (wish[0], wish[1])
    )


def _wished(
    scenario: Scenario,
    lanes: Mapping[str, Lane],
    decisions: Mapping[str, Decisions],
    timetable: Timetable,
) -> Iterator[tuple[int, int, Wish]]:
    for order, symbol in enumerate(scenario.settings.symbols):
        made = decisions[symbol]
        edges = made.edges
        closes = np.searchsorted(timetable.closes, made.closes[edges])
        closes += delays(scenario.jitter, len(edges), order)
        pairs = zip(closes.tolist(), edges.tolist(), strict=True)
        for close, place in pairs:
            if close < len(timetable) - 1:
                yield close, order, Wish(lanes[symbol], made, place)


def delays(jitter: Jitter | None, count: int, symbol: int = 0) -> np.ndarray:
    """How many closes later each entry comes; every symbol has dice of its own."""
    if jitter is None:
        return np.zeros(count, dtype=np.int64)
    dice = np.random.default_rng((jitter.seed, symbol))
    return dice.integers(0, jitter.candles + 1, count)


def _milliseconds(lot: Lot) -> int:
    if lot.plan is None:
        return FAR
    return lot.plan.time_stop // timedelta(milliseconds=1)
