"""The figures of a run, as reports show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.domain.trade import Exit


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One calendar month (UTC). Fractions of the equity it began with; `lowest` is <= 0."""

    start: datetime
    change: float
    lowest: float
    trades: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The brief's goals beside what was measured: how many whole months reached them.

    `months` in all, `in_goal` of them with +5 % or more, `losses_kept` that never stood more than
    2 % below their beginning. `win_rate` is a fraction, or None without trades; the goal is 60 %.
    """

    months: int
    in_goal: int
    losses_kept: int
    win_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The trades of one symbol, or of one way out."""

    trades: int
    wins: int
    net: Decimal
    total_r: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Money in quote currency, returns and drawdown as fractions, ratios from daily returns.

    `annual` is the compound yearly return, `exposure` the share of time with a position, `hold`
    what buying the symbols in equal parts at the start, without leverage, would have returned.
    """

    start: datetime
    end: datetime
    opening: Decimal
    closing: Decimal
    total: float
    annual: float | None
    hold: float
    drawdown: float
    sharpe: float | None
    sortino: float | None
    calmar: float | None
    trades: int
    wins: int
    win_rate: float | None
    profit_factor: float | None
    expectancy: float | None
    total_r: float
    fees: Decimal
    funding: Decimal
    exposure: float
    longest: int
    months: tuple[Month, ...]
    exits: Mapping[Exit, Slice]
    symbols: Mapping[str, Slice]
    goals: Goals
