"""Trades of one size, each symbol by itself, with limits off: so that engines can be compared.

Every signal of a flat symbol is entered at the next price; stop and target count from the fill.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from core.backtest.edges import Decisions
from core.backtest.life import live, watched
from core.backtest.lot import Lot
from core.backtest.purse import Purse
from core.backtest.scenario import Scenario
from core.backtest.street import Rows, Street, touch, touches
from core.backtest.walk import delays
from core.committee.merging import SIDES
from core.domain.market import Floats, Instrument, exact, to_millis
from core.domain.trade import Exit
from core.domain.trading import Side
from core.engine import fraction

ALMOST = 1e-9


class FixedWalk:
    """One symbol's walk: from entry to exit, without a look at what lies between."""

    def __init__(self, scenario: Scenario, street: Street, decisions: Decisions) -> None:
        self.scenario, self.street, self.decisions = scenario, street, decisions
        self.purse = Purse(Decimal(0))
        self.done: list[Lot] = []
        self._ends = street.closed_by(to_millis(scenario.end))

    def run(self) -> None:
        if self.scenario.fixed is None:
            raise ValueError("a comparison needs a fixed notional")
        free = 0
        for place, moment, row, price, until in self._signals():
            if free <= row < self._ends:
                lot = self._enter(self.scenario.fixed, place, moment, exact(price))
                free = self._live(lot, until)
                self.done.append(lot)

    def _signals(self) -> Iterator[tuple[int, int, int, float, int]]:
        """Each signal with its moment, the next bar and price, and the first bar that could end it."""
        street, made, edges = self.street, self.decisions, self.decisions.edges
        step = street.history.frame.timeframe.milliseconds
        moments = made.closes[edges] + step * delays(self.scenario.jitter, len(edges))
        rows = np.searchsorted(street.time, moments - street.step, side="right")
        prices = street.last_at(moments)
        until = self._first_touches(rows, prices)
        return zip(
            edges.tolist(), moments.tolist(), rows.tolist(), prices.tolist(), until.tolist(),
            strict=True,
        )  # fmt: skip

    def _first_touches(self, rows: Rows, prices: Floats) -> Rows:
        """Near enough to look there; what really happens is left to `live`."""
        made, edges = self.decisions, self.decisions.edges
        sign = np.where(made.merged.side[edges] == 0, 1, -1)
        fills = prices * (1 + sign * float(self.scenario.costs.slippage))
        stop = fills * (1 - sign * made.stop[edges])
        target = fills * (1 + sign * made.target[edges])
        low = np.minimum(stop, target) * (1 + ALMOST)
        high = np.maximum(stop, target) * (1 - ALMOST)
        return touches(self.street.tape, rows, self._ends, low, high)

    def _enter(self, notional: Decimal, place: int, moment: int, price: Decimal) -> Lot:
        street, made = self.street, self.decisions
        side = SIDES[made.merged.side.item(place)]
        fill = self.scenario.costs.slipped(price, side)
        amount = street.instrument.round_amount(notional / fill)
        lot = Lot(street, side, 1, self.purse, self.scenario.costs)
        self.purse.turn = 2 * moment + 1
        lot.open(fill, amount, moment)
        lot.stop = levelled(street.instrument, side, fill, -fraction(made.stop.item(place)))
        target = levelled(street.instrument, side, fill, fraction(made.target.item(place)))
        lot.targets, lot.goal = [(0, target, amount)], target
        return lot

    def _live(self, lot: Lot, row: int) -> int:
        """The first bar after it; funding on the way is paid at its stamps."""
        while row < self._ends:
            self.purse.turn = 2 * self.street.close_time(row)
            live(lot, row)
            row += 1
            if not lot.is_open:
                return row
            between = watched(lot)
            row = touch(self.street.tape, row, self._ends, between.low, between.high)
        last = self._ends - 1
        self.purse.turn = 2 * self.street.close_time(last)
        lot.pay_until(self.street.close_time(last))
        price = exact(self.street.close.item(last))
        lot.close_at_market(price, self.street.close_time(last), Exit.DATA)
        return self._ends


def levelled(instrument: Instrument, side: Side, price: Decimal, distance: Decimal) -> Decimal:
    """The price this fraction away in the direction of profit, rounded against the trade."""
    against = instrument.price_down if side is Side.BUY else instrument.price_up
    return against(price * (1 + side.sign * distance))
