"""One position of a walk: what it holds, owes and has earned, by the paper broker's arithmetic."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.backtest.purse import Purse
from core.backtest.street import Street
from core.domain.market import exact, from_millis
from core.domain.paper import Holding
from core.domain.proposal import TradePlan
from core.domain.trade import Exit
from core.domain.trading import Side
from core.execution.booking import way_out
from core.margin import FUNDING_GRACE, funding_fee
from core.paper.costs import Costs
from core.paper.holding import bankruptcy_of, liquidation_of, margin_for, money, profit

ZERO = Decimal(0)
GRACE = FUNDING_GRACE // timedelta(milliseconds=1)


@dataclass(slots=True)
class Level:
    """A price at which something waits. `near` is its float: two floats that differ stand in the
    order of their decimals, so only a tie has to be looked at exactly.
    """

    price: Decimal
    near: float

    @classmethod
    def of(cls, price: Decimal) -> "Level":
        return cls(price, float(price))

    def is_reached(self, price: float, sign: int) -> bool:
        """Has a price come up to it (sign 1), or down to it (-1)?"""
        if price != self.near:
            return (price - self.near) * sign > 0
        return (exact(price) - self.price) * sign >= 0


@dataclass(slots=True)
class Waiting:
    """A target: which one, where, and how much is left to sell there."""

    place: int
    level: Level
    left: Decimal


class Lot:
    """An isolated position that one entry opened, with its stop and targets in the market.

    Times are ms; the nearest target comes first. `held` is what was left after each turn of the
    purse at which it changed.
    """

    __slots__ = (
        "amount", "closed_at", "costs", "due", "ending", "entry", "exit_price", "extreme", "fees",
        "funding", "goal", "held", "hits", "leverage", "margin", "opened_at", "plan", "purse",
        "realized", "remaining", "side", "sign", "stop", "street", "taken_at", "targets", "trail",
        "trailing",
    )  # fmt: skip

    def __init__(
        self, street: Street, side: Side, leverage: int, purse: Purse, costs: Costs
    ) -> None:
        self.street, self.side, self.sign = street, side, side.sign
        self.leverage, self.purse, self.costs = leverage, purse, costs
        self.plan: TradePlan | None = None
        self.trail: Decimal | None = None
        self.goal: Decimal | None = None
        self.stop = Level(ZERO, 0.0)
        self.amount = self.remaining = self.entry = self.margin = ZERO
        self.realized = self.fees = self.funding = self.extreme = ZERO
        self.targets: list[Waiting] = []
        self.held: list[tuple[int, Decimal]] = []
        self.hits, self.trailing, self.due = 0, False, 0
        self.opened_at = self.closed_at = 0
        self.ending: Exit | None = None
        self.exit_price: Decimal | None = None
        self.taken_at: Decimal | None = None

    def open(self, price: Decimal, amount: Decimal, moment: int) -> None:
        """Buy or sell at a taker's price; funding that has just come due is paid as well."""
        self.entry, self.amount, self.remaining, self.extreme = price, amount, amount, price
        self.opened_at = moment
        self.margin = margin_for(amount, price, self.leverage)
        self.fees = money(price * amount * self.street.instrument.taker_fee)
        self.purse.move(-self.fees)
        self.held.append((self.purse.turn, amount))
        self.due = bisect_right(self.street.stamps.time, moment - GRACE)
        self.pay_until(moment)

    def pay_until(self, moment: int) -> None:
        """Settle every funding stamp up to a moment, on what is held now."""
        stamps = self.street.stamps
        while self.due < len(stamps.time) and stamps.time[self.due] <= moment:
            mark, rate = exact(stamps.mark[self.due]), exact(stamps.rate[self.due])
            paid = money(funding_fee(self.sign * self.remaining, mark, rate))
            self.funding += paid
            self.purse.move(paid)
            self.due += 1

    def close_at_market(self, price: Decimal, moment: int, why: Exit) -> None:
        """Leave with all of it at a price a taker gets."""
        slipped = self.costs.slipped(price, self.side.opposite)
        self.reduce(slipped, self.remaining, self.street.instrument.taker_fee, moment, why)

    def stopped(self, price: Decimal, moment: int) -> None:
        """The stop is hit and finds this price."""
        why = way_out(self.stop.price - self.entry, self.side, trailing=self.trailing)
        self.close_at_market(price, moment, why)

    def reduce(
        self, price: Decimal, amount: Decimal, fee_rate: Decimal, moment: int, why: Exit
    ) -> None:
        """Sell a part, or all; a close that would lose more than the margin is a liquidation."""
        if (self.entry - price) * self.remaining * self.sign > self.margin:
            self.liquidate(moment)
            return
        earned = profit(self.side, amount, self.entry, price)
        fee = money(price * amount * fee_rate)
        self.realized += earned
        self.fees += fee
        self.purse.move(earned - fee)
        left = self.remaining - amount
        if left:
            self.margin = money(self.margin * left / self.remaining)
        self._leave(left, price, moment, why)

    def reach(self, prices: list[float]) -> None:
        """Remember the best of the prices that the closes had."""
        if prices:
            best = exact(max(prices) if self.sign > 0 else min(prices))
            self.extreme = max(self.extreme, best) if self.sign > 0 else min(self.extreme, best)

    def liquidate(self, moment: int) -> None:
        """The venue takes the position and its whole margin."""
        price = bankruptcy_of(self.holding)
        self.realized -= self.margin
        self.purse.move(-self.margin)
        self._leave(ZERO, price, moment, Exit.LIQUIDATION)

    @property
    def is_open(self) -> bool:
        return self.ending is None

    @property
    def holding(self) -> Holding:
        """As the paper broker's arithmetic knows it."""
        return Holding(
            amount=self.remaining * self.sign,
            entry_price=self.entry,
            margin=self.margin,
            leverage=self.leverage,
            opened_at=from_millis(self.opened_at),
        )

    @property
    def liquidation(self) -> Decimal:
        if self.taken_at is None:
            self.taken_at = liquidation_of(self.holding, self.street.instrument)
        return self.taken_at

    @property
    def moves_beyond(self) -> float:
        """The price beyond which a close moves the stop of a lot that trails."""
        best = self.extreme
        if self.trail is None:
            return float(best)
        trailed = self.street.instrument.round_price(best - self.sign * self.trail)
        is_behind = (trailed - self.stop.price) * self.sign > 0
        return float(trailed if is_behind else best)

    @property
    def net(self) -> Decimal:
        return self.realized - self.fees + self.funding

    def risk_from(self, price: Decimal) -> Decimal:
        """What is still lost between this price and the stop; never negative."""
        return max(ZERO, (price - self.stop.price) * self.sign * self.remaining)

    def held_at(self, moment: int) -> Decimal:
        """How much it held when the account was marked at a moment (ms)."""
        left = ZERO
        for turn, remaining in self.held:
            if turn > 2 * moment:
                break
            left = remaining
        return left

    def _leave(self, left: Decimal, price: Decimal, moment: int, why: Exit) -> None:
        self.remaining, self.exit_price, self.taken_at = left, price, None
        self.held.append((self.purse.turn, left))
        if not left:
            self.margin = ZERO
            self.ending, self.closed_at = why, moment


def by_end(lot: Lot) -> tuple[int, int, str]:
    """The order in which lots have come to their ends."""
    return lot.closed_at, lot.opened_at, lot.street.symbol
