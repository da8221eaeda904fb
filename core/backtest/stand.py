"""Where a walked account stands: the same facts that `core.standing.TakeStanding` gathers."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import numpy as np

from core.backtest.lot import Lot, by_end
from core.backtest.purse import Purse
from core.backtest.timetable import Lane, Timetable
from core.calendar import period_starts
from core.domain.event import Event
from core.domain.market import CandleFrame, exact, from_millis, to_millis
from core.domain.people import AccountSettings
from core.domain.trading import Side
from core.events import in_force
from core.risk import OpenRisk, Standing
from core.risk.rests import STOPPED, barometer, stopped_twice
from core.risk.shock import REST, shocks

NOBODY: frozenset[str] = frozenset()
DAY = 86_400_000


class Stand:
    """Follows an account through its walk. `close` is the place in the timetable; `opening` the
    equity before the first one.
    """

    def __init__(
        self,
        settings: AccountSettings,
        lanes: Mapping[str, Lane],
        timetable: Timetable,
        opening: Decimal,
        events: tuple[Event, ...] = (),
    ) -> None:
        self.purse = Purse(opening)
        self.lots: list[Lot] = []
        self.past: list[Lot] = []
        self.rests_until: dict[str, datetime] = {}
        self.two_stops_until: datetime | None = None
        self.proposals_today = self.entries_today = 0
        self.waiting = NOBODY
        self._settings, self._lanes, self._timetable = settings, lanes, timetable
        self._events = events
        self._opening, self._entered = opening, list[int]()
        self._marks: dict[int, Decimal] = {}
        self._longest = 0
        self._last: list[Lot] = []
        self._day = -1
        self._shocks = Shocks(lanes[barometer(settings.symbols)].street.history.frame)

    def arrive(self, close: int) -> None:
        """Time has come to this close; nothing has been done at it yet."""
        self.close, self.moment = close, self._timetable.at(close)
        self.purse.turn = 2 * self.moment
        if self.moment // DAY != self._day:
            self._day = self.moment // DAY
            self.proposals_today = self.entries_today = 0

    @property
    def now(self) -> datetime:
        return from_millis(self.moment)

    @property
    def shock_until(self) -> datetime | None:
        return self._shocks.until(self.moment)

    @property
    def event(self) -> Event | None:
        return in_force(self._events, self.now)

    def marked(self) -> None:
        """The account has been marked; what follows shows at the next mark."""
        self.purse.turn = 2 * self.moment + 1

    @property
    def positions(self) -> int:
        return len(self.lots)

    def holds(self, symbol: str) -> bool:
        return any(lot.street.symbol == symbol for lot in self.lots)

    def enter(self, lot: Lot) -> None:
        self.lots.append(lot)
        self.past.append(lot)
        self._entered.append(self.close)

    def leave(self, lot: Lot) -> None:
        """A lot is over: count what it means for the next ones."""
        self.lots.remove(lot)
        self._longest = max(self._longest, self.close - self._timetable.last_by(lot.opened_at) + 1)
        limits, ended = self._settings.limits, from_millis(lot.closed_at)
        if lot.ending in STOPPED:
            self.rests_until[lot.street.symbol] = ended + limits.cool_down
        self._last = sorted([*self._last, lot], key=by_end)[-2:]
        stops = [from_millis(one.closed_at) for one in self._last if one.ending in STOPPED]
        self.two_stops_until = stopped_twice(stops, limits) if len(stops) == 2 else None

    def price(self, lot: Lot) -> Decimal:
        """The mark price now."""
        return exact(self._lanes[lot.street.symbol].mark.item(self.close))

    def equity(self) -> Decimal:
        profit = ((self.price(lot) - lot.entry) * lot.remaining * lot.sign for lot in self.lots)
        return sum(profit, self.purse.wallet)

    @property
    def free(self) -> Decimal:
        return self.purse.wallet - sum((lot.margin for lot in self.lots), Decimal(0))

    def standing(self) -> Standing:
        return Standing(
            now=self.now,
            equity=self.equity(),
            free_margin=self.free,
            started={period: self._began(at) for period, at in period_starts(self.now).items()},
            open=tuple(self._risk(lot) for lot in self.lots),
            waiting=self.waiting,
            rests_until=self.rests_until,
            two_stops_until=self.two_stops_until,
            shock_until=self.shock_until,
            event=self.event,
            proposals_today=self.proposals_today,
        )

    def _began(self, moment: datetime) -> Decimal:
        """Equity at the last mark by a moment; without one, the opening equity."""
        close = self._timetable.last_by(to_millis(moment))
        if close < 0:
            return self._opening
        if close not in self._marks:
            self._marks[close] = self._marked_at(close)
        return self._marks[close]

    def _marked_at(self, close: int) -> Decimal:
        moment = self._timetable.at(close)
        worth = self.purse.at_mark(moment)
        place = bisect_right(self._entered, close)
        earliest = min(close - self._longest, self._oldest())
        while place and self._entered[place - 1] >= earliest:
            place -= 1
            lot = self.past[place]
            left = lot.held_at(moment)
            if left:
                mark = exact(self._lanes[lot.street.symbol].mark.item(close))
                worth += (mark - lot.entry) * left * lot.sign
        return worth

    def _oldest(self) -> int:
        """The close at which the oldest open lot was entered."""
        entered = (self._timetable.last_by(lot.opened_at) for lot in self.lots)
        return min(entered, default=self.close)

    def _risk(self, lot: Lot) -> OpenRisk:
        mark = self.price(lot)
        fee = lot.street.instrument.taker_fee * lot.stop.price * lot.remaining
        return OpenRisk(
            symbol=lot.street.symbol,
            side=Side.BUY if lot.sign > 0 else Side.SELL,
            to_stop=lot.risk_from(mark) + fee,
            at_entry=lot.risk_from(lot.entry),
            notional=lot.remaining * mark,
        )


class Shocks:
    """When the rest after the latest jump ends, at any moment."""

    def __init__(self, frame: CandleFrame) -> None:
        jumped = frame.time[np.flatnonzero(shocks(frame))] + frame.timeframe.milliseconds
        self._closed: list[int] = jumped.tolist()

    def until(self, moment: int) -> datetime | None:
        place = bisect_right(self._closed, moment)
        return from_millis(self._closed[place - 1]) + REST if place else None
