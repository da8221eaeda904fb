"""Trades of one size, each symbol by itself, with limits off: so that engines can be compared.

Every signal of a flat symbol is entered at the next price; stop and target count from the fill.
Levels are products of binary floats, as they are in those engines: a tie that is decided otherwise
would be another trade.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from core.backtest.edges import Decisions
from core.backtest.life import live, watched
from core.backtest.lot import Level, Lot, Waiting
from core.backtest.purse import Purse
from core.backtest.scenario import Scenario
from core.backtest.street import Street, touch
from core.backtest.walk import delays
from core.committee.merging import SIDES
from core.domain.market import exact, to_millis
from core.domain.trade import Exit


class FixedWalk:
    """One symbol's walk: from entry to exit, without a look at what lies between."""

    def __init__(
        self, scenario: Scenario, notional: Decimal, street: Street, decisions: Decisions
    ) -> None:
        self.scenario, self.street, self.decisions = scenario, street, decisions
        self.purse = Purse(Decimal(0))
        self.done: list[Lot] = []
        self._notional = notional
        self._ends = street.closed_by(to_millis(scenario.end))

    def run(self) -> None:
        free = 0
        for place, moment, row, price in self._signals():
            if free <= row < self._ends:
                lot = self._enter(place, moment, exact(price))
                if lot is not None:
                    free = self._live(lot, row)
                    self.done.append(lot)

    def _signals(self) -> Iterator[tuple[int, int, int, float]]:
        """Each signal's place, with the moment, the next bar and the price it is entered at."""
        street, made, edges = self.street, self.decisions, self.decisions.edges
        step = street.history.frame.timeframe.milliseconds
        moments = made.closes[edges] + step * delays(self.scenario.jitter, len(edges))
        rows = np.searchsorted(street.time, moments - street.step, side="right")
        prices = street.last_at(moments)
        return zip(edges.tolist(), moments.tolist(), rows.tolist(), prices.tolist(), strict=True)

    def _enter(self, place: int, moment: int, price: Decimal) -> Lot | None:
        """None where the size is less than a step."""
        street, made, costs = self.street, self.decisions, self.scenario.costs
        side = SIDES[made.merged.side.item(place)]
        fill = costs.slipped(price, side)
        amount = street.instrument.round_amount(self._notional / fill)
        if not amount:
            return None
        lot = Lot(street, side, 1, self.purse, costs)
        self.purse.turn = 2 * moment + 1
        lot.open(fill, amount, moment)
        near, sign = float(fill), side.sign
        stop = near * (1 - sign * made.stop.item(place))
        target = near * (1 + sign * made.target.item(place))
        lot.stop, lot.goal = Level(exact(stop), stop), exact(target)
        lot.targets = [Waiting(0, Level(lot.goal, target), amount)]
        return lot

    def _live(self, lot: Lot, row: int) -> int:
        """The first bar after it; funding on the way is paid at its stamps."""
        street, ends = self.street, self._ends
        while row < ends:
            between = watched(lot)
            row = touch(street.tape, row, ends, between.low, between.high)
            if row < ends:
                self.purse.turn = 2 * street.close_time(row)
                live(lot, row)
                row += 1
            if not lot.is_open:
                return row
        self._end(lot)
        return ends

    def _end(self, lot: Lot) -> None:
        """The data is over."""
        last = self._ends - 1
        moment = self.street.close_time(last)
        self.purse.turn = 2 * moment
        lot.pay_until(moment)
        lot.close_at_market(exact(self.street.close.item(last)), moment, Exit.DATA)
