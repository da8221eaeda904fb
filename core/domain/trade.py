"""A position the desk looks after, from the first fill to the last."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.proposal import Target, TradePlan
from core.domain.trading import Side


class TradeStatus(StrEnum):
    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"


class Exit(StrEnum):
    """Why a trade ended."""

    STOP = "stop"
    BREAK_EVEN = "break_even"
    TRAIL = "trail"
    TARGET = "target"
    TIME = "time"
    PERSON = "person"
    PANIC = "panic"
    LIQUIDATION = "liquidation"
    NAKED = "naked"
    VENUE = "venue"
    DATA = "data"


class Kind(StrEnum):
    """A trade is done at a broker; a shadow only shows what a proposal would have made. The other
    two are arms of a comparison that never ends: the whole committee, and its rules alone.
    """

    REAL = "real"
    SHADOW = "shadow"
    COMMITTEE = "committee"
    RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One position of one account; its id is its proposal's. Money in quote currency.

    `stop` and `targets` are what the desk wants in the market now; `revision` grows with each
    change of them, so that every order has an id of its own. `extreme` is the best price since
    entry. `ending` is why the desk is closing it; `exit` why it ended. `beside` is what somebody has
    added by hand to the same position: the desk looks after its own part only. `guarded`: the venue
    has no stops, so the desk watches the price itself.
    """

    id: str
    account: str
    kind: Kind
    plan: TradePlan
    stop: Decimal
    targets: tuple[Target, ...]
    status: TradeStatus = TradeStatus.OPENING
    amount: Decimal = Decimal(0)
    remaining: Decimal = Decimal(0)
    entry_price: Decimal = Decimal(0)
    extreme: Decimal = Decimal(0)
    realized: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    funding: Decimal = Decimal(0)
    targets_hit: int = 0
    trailing: bool = False
    revision: int = 1
    ending: Exit | None = None
    exit: Exit | None = None
    exit_price: Decimal | None = None
    created_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    beside: Decimal = Decimal(0)
    guarded: bool = False

    @property
    def symbol(self) -> str:
        return self.plan.symbol

    @property
    def side(self) -> Side:
        return self.plan.side

    @property
    def is_live(self) -> bool:
        return self.status in {TradeStatus.OPENING, TradeStatus.OPEN}

    @property
    def net(self) -> Decimal:
        """What the trade has made so far, after fees and funding, without its open part."""
        return self.realized - self.fees + self.funding

    @property
    def r_multiple(self) -> Decimal:
        """The result in units of the risk taken at entry; a partial fill risks its part."""
        part = self.amount / self.plan.amount if self.amount else Decimal(1)
        return self.net / (self.plan.risk * part)

    def open_pnl(self, price: Decimal) -> Decimal:
        return (price - self.entry_price) * self.remaining * self.side.sign

    def risk_from(self, price: Decimal) -> Decimal:
        """What is still lost between this price and the stop; never negative."""
        return max(Decimal(0), (price - self.stop) * self.side.sign * self.remaining)
