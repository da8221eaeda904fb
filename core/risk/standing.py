"""Where an account stands when somebody wants to trade: losses so far, open risk, recent stops."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.event import Event
from core.domain.people import Limits
from core.domain.proposal import Rule
from core.domain.trading import Side


class Period(StrEnum):
    """Over what time a loss limit counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ROLLING = "rolling"

    @property
    def rule(self) -> Rule:
        return RULES[self]

    def limit(self, limits: Limits) -> Decimal:
        """As a fraction of the equity at the period's start. Thirty days count like a month."""
        if self is Period.DAY:
            return limits.day_loss
        return limits.week_loss if self is Period.WEEK else limits.month_loss


RULES = {
    Period.DAY: Rule.DAY_LOSS,
    Period.WEEK: Rule.WEEK_LOSS,
    Period.MONTH: Rule.MONTH_LOSS,
    Period.ROLLING: Rule.ROLLING_LOSS,
}


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """One position: what it still loses between the price now and its stop, in quote currency.

    `at_entry` is the loss between its entry and its stop as it stands now; 0 once at break-even.
    """

    symbol: str
    side: Side
    to_stop: Decimal
    at_entry: Decimal
    notional: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An account at one instant. Money in quote currency; `started` is equity at each start.

    `strange` are symbols in which somebody else holds a position; an account that is not
    `reconciled` may not be what it seems.
    """

    now: datetime
    equity: Decimal
    free_margin: Decimal
    started: Mapping[Period, Decimal]
    open: tuple[OpenRisk, ...] = ()
    waiting: frozenset[str] = frozenset()
    rests_until: Mapping[str, datetime] = field(default_factory=dict)
    two_stops_until: datetime | None = None
    shock_until: datetime | None = None
    event: Event | None = None
    proposals_today: int = 0
    strange: frozenset[str] = frozenset()
    reconciled: bool = True

    def left(self, period: Period, limits: Limits) -> Decimal:
        """What may still be lost: limit - loss so far - open risk. Negative when overdrawn."""
        start = self.started[period]
        loss = max(Decimal(0), start - self.equity)
        return period.limit(limits) * start - loss - self.at_risk

    def month_left(self, limits: Limits) -> Decimal:
        """The tighter of calendar month and rolling 30 days."""
        return min(self.left(Period.MONTH, limits), self.left(Period.ROLLING, limits))

    @property
    def positions(self) -> int:
        return len(self.open)

    def holds(self, symbol: str) -> bool:
        return any(risk.symbol == symbol for risk in self.open)

    @property
    def at_risk(self) -> Decimal:
        return sum((risk.to_stop for risk in self.open), Decimal(0))

    @property
    def exposure(self) -> Decimal:
        return sum((risk.notional for risk in self.open), Decimal(0))

    def direction(self, side: Side) -> Decimal:
        return sum((risk.at_entry for risk in self.open if risk.side is side), Decimal(0))
