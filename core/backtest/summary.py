"""Everything a report says of a run, worked out from its curve and its trades."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from core.backtest.figures import Figures, Goals, Month, Slice
from core.backtest.history import SymbolHistory
from core.backtest.hold import hold_curve
from core.backtest.periods import DAY, covered, daily_returns, months, spans
from core.backtest.run import Run
from core.domain.market import from_millis
from core.domain.trade import Trade
from core.performance import max_drawdown, sharpe, sortino, tally

__all__ = ["hold_curve", "summarise"]

Key = TypeVar("Key")
Result = tuple[Decimal, float]  # net and R, worked out once: decimals are slow
ZERO = Decimal(0)
MONTH_GOAL = 0.05
MONTH_LOSS = 0.02
ROUNDING = 1e-12
DAYS_A_YEAR = 365
LEAST_DAYS = 30


def summarise(run: Run, histories: Mapping[str, SymbolHistory]) -> Figures:
    """The stretch is the curve's: from the opening equity to the last close.

    `annual` and with it `calmar` are None for less than thirty days: they would only blow up what
    a few days were like. `exits` and `symbols` name those with trades, most trades first.
    """
    curve, trades, opening = run.curve, run.trades, run.scenario.equity
    start, end = int(curve.time[0]), int(curve.time[-1])
    made, returns, lives = tally(trades), daily_returns(curve), spans(trades)
    results = [(trade, (trade.net, float(trade.r_multiple))) for trade in trades]
    by_month = months(curve, lives[:, 1])
    total = float(run.closing / opening - 1)
    annual = annualised(total, (end - start) / DAY)
    depth, win_rate = max_drawdown(curve.equity).depth, _float(made.win_rate)
    return Figures(
        start=from_millis(start), end=from_millis(end), opening=opening, closing=run.closing,
        total=total, annual=annual, hold=float(hold_curve(run, histories)[-1] / float(opening)) - 1,
        drawdown=depth, sharpe=sharpe(returns), sortino=sortino(returns),
        calmar=None if annual is None or depth < ROUNDING else annual / depth,
        trades=made.trades, wins=made.wins, win_rate=win_rate,
        profit_factor=_float(made.profit_factor), expectancy=_float(made.expectancy),
        total_r=float(made.total_r), fees=sum((trade.fees for trade in trades), ZERO),
        funding=sum((trade.funding for trade in trades), ZERO),
        exposure=covered(lives, start, end), longest=longest_losing(trades),
        months=by_month, goals=goals(whole(by_month, start, end), win_rate),
        exits=_slices((trade.exit, result) for trade, result in results if trade.exit),
        symbols=_slices((trade.symbol, result) for trade, result in results),
    )  # fmt: skip


def annualised(total: float, days: float) -> float | None:
    """The yearly return that compounds to `total`: (1 + total)^(365/days) - 1."""
    if days < LEAST_DAYS:
        return None
    growth: float = max(1 + total, 0.0) ** (DAYS_A_YEAR / days)
    return growth - 1


def longest_losing(trades: Sequence[Trade]) -> int:
    """How many trades in a row lost money, at the worst time."""
    streaks = groupby(trade.net < 0 for trade in trades)
    return max((len(list(streak)) for lost, streak in streaks if lost), default=0)


def whole(each: Sequence[Month], start: int, end: int) -> list[Month]:
    """The months that lie in the stretch (ms) from their first moment to their last."""
    first, last = from_millis(start), from_millis(end)
    return [m for m in each if m.start >= first and _following(m.start) <= last]


def _following(month: datetime) -> datetime:
    return (month + timedelta(days=31)).replace(day=1)


def goals(each: Sequence[Month], win_rate: float | None) -> Goals:
    return Goals(
        months=len(each),
        in_goal=sum(month.change >= MONTH_GOAL - ROUNDING for month in each),
        losses_kept=sum(month.lowest >= -MONTH_LOSS - ROUNDING for month in each),
        win_rate=win_rate,
    )


def _slices(keyed: Iterable[tuple[Key, Result]]) -> dict[Key, Slice]:
    groups: dict[Key, list[Result]] = {}
    for key, result in keyed:
        groups.setdefault(key, []).append(result)
    largest_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    return {key: _slice(group) for key, group in largest_first}


def _slice(results: Sequence[Result]) -> Slice:
    nets = [net for net, _ in results]
    return Slice(
        trades=len(nets),
        wins=sum(net > 0 for net in nets),
        net=sum(nets, ZERO),
        total_r=sum(r for _, r in results),
    )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
