"""What an account's curve and its trades come to, in the field's usual figures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.domain.market import Floats
from core.domain.trade import Trade

DAYS_A_YEAR = 365
FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The deepest fall from a peak, as a fraction of it, and the rows of peak and trough."""

    depth: float
    peak: int
    trough: int


def drawdowns(equity: Floats) -> Floats:
    """Fraction below the highest value so far, row by row; 0 at a peak."""
    below: Floats = equity / np.maximum.accumulate(equity) - 1
    return below


def max_drawdown(equity: Floats) -> Drawdown:
    if not len(equity):
        return Drawdown(0.0, 0, 0)
    below = drawdowns(equity)
    trough = int(np.argmin(below))
    return Drawdown(-float(below[trough]), int(np.argmax(equity[: trough + 1])), trough)


def sharpe(daily_returns: Floats) -> float | None:
    """Mean over standard deviation (n - 1), times sqrt(365); None for fewer than two days."""
    if len(daily_returns) < 2 or (spread := float(np.std(daily_returns, ddof=1))) < FLAT:
        return None
    return float(np.mean(daily_returns)) / spread * math.sqrt(DAYS_A_YEAR)


def sortino(daily_returns: Floats) -> float | None:
    """Mean over the root mean square of the losses, times sqrt(365)."""
    downside = (
        float(np.sqrt(np.mean(np.minimum(daily_returns, 0) ** 2))) if len(daily_returns) else 0
    )
    if len(daily_returns) < 2 or not downside:
        return None
    return float(np.mean(daily_returns)) / downside * math.sqrt(DAYS_A_YEAR)


@dataclass(frozen=True, slots=True)
class Tally:
    """Closed trades summed up; money in quote currency, `expectancy` in R a trade."""

    trades: int
    wins: int
    net: Decimal
    total_r: Decimal
    gained: Decimal
    lost: Decimal

    @property
    def win_rate(self) -> Decimal | None:
        return Decimal(self.wins) / self.trades if self.trades else None

    @property
    def profit_factor(self) -> Decimal | None:
        return self.gained / self.lost if self.lost else None

    @property
    def expectancy(self) -> Decimal | None:
        return self.total_r / self.trades if self.trades else None


def tally(trades: Sequence[Trade]) -> Tally:
    nets = [trade.net for trade in trades]
    return Tally(
        trades=len(trades),
        wins=sum(net > 0 for net in nets),
        net=sum(nets, Decimal(0)),
        total_r=sum((trade.r_multiple for trade in trades), Decimal(0)),
        gained=sum((net for net in nets if net > 0), Decimal(0)),
        lost=-sum((net for net in nets if net < 0), Decimal(0)),
    )
