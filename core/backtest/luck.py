"""How much of a result may be luck: another order of the trades, other entries, many tries."""

from collections.abc import Mapping, Sequence
from statistics import variance

import numpy as np

from core.backtest.deflation import deflated_sharpe, probabilistic_sharpe, skew_and_kurtosis
from core.backtest.history import SymbolHistory
from core.backtest.periods import daily_returns
from core.backtest.random_entries import random_entries
from core.backtest.record import Luck
from core.backtest.run import Run
from core.domain.market import Floats
from core.domain.trade import Trade
from core.performance import DAYS_A_YEAR, max_drawdown, sharpe

__all__ = [
    "beats",
    "deflated_sharpe",
    "luck",
    "probabilistic_sharpe",
    "random_entries",
    "shuffled_drawdowns",
]

LEAST = 10
WORST = 0.95


def luck(
    run: Run,
    histories: Mapping[str, SymbolHistory],
    tries: int,
    sharpes: Sequence[float],
    seed: int,
) -> Luck:
    """All of it for the best of `tries` runs; `sharpes` are the tries' yearly ratios, as far as known.

    The worst drawdown is the one that 95 % of the orders stay within. With fewer than ten trades
    nothing is said but how many tries there were.
    """
    if len(run.trades) < LEAST:
        return Luck(tries=tries)
    equity = float(run.scenario.equity)
    random = random_entries(run, histories, seed)
    depths = shuffled_drawdowns(run.trades, equity, seed)
    return Luck(
        tries=tries,
        deflated=_deflated(daily_returns(run.curve), tries, sharpes),
        beats_random=beats(float(run.closing) / equity - 1, random),
        random_median=float(np.median(random)),
        drawdown_median=float(np.median(depths)),
        drawdown_worst=float(np.quantile(depths, WORST)),
    )


def shuffled_drawdowns(
    trades: Sequence[Trade], equity: float, seed: int, rounds: int = 1000
) -> Floats:
    """The deepest fall (a fraction) in each of `rounds` random orders of the trades.

    `equity` is what the account began with. A trade counts as the fraction it made of what the
    trades before it had left, and the fractions compound: all orders end where the run did.
    """
    growth = _growth(np.array([float(trade.net) for trade in trades]), equity)
    dice = np.random.default_rng(seed)
    return np.array([_depth(dice.permutation(growth)) for _ in range(rounds)])


def beats(total: float, random: Floats) -> float:
    """The share of random results below this one. Raises ValueError where there are none."""
    if not len(random):
        raise ValueError("nothing to compare with")
    return float(np.mean(random < total))


def _growth(nets: Floats, equity: float) -> Floats:
    """What each trade made of one unit of equity; once all is lost, nothing changes any more."""
    after = equity + np.cumsum(nets)
    before = np.concatenate(([equity], after[:-1]))
    growth = np.divide(after, before, out=np.ones_like(after), where=before > 0)
    return np.maximum(growth, 0)


def _depth(growth: Floats) -> float:
    worth: Floats = np.concatenate(([1.0], growth)).cumprod()
    return max_drawdown(worth).depth


def _deflated(returns: Floats, tries: int, sharpes: Sequence[float]) -> float | None:
    yearly = sharpe(returns)
    if yearly is None or len(returns) < LEAST:
        return None
    skew, kurtosis = skew_and_kurtosis(returns)
    return deflated_sharpe(
        yearly / DAYS_A_YEAR**0.5,
        _spread(sharpes, len(returns)),
        tries,
        len(returns),
        skew,
        kurtosis,
    )


def _spread(sharpes: Sequence[float], observations: int) -> float:
    """The variance of the tries' daily ratios, but never less than that of no skill at all: of a
    search that ends bad tries early only the good ones are known.

    The ratio of T independent returns without skill has variance 1/T, nearly: Lo (2002), "The
    Statistics of Sharpe Ratios".
    """
    least = 1 / (observations - 1)
    return max(least, variance(sharpes) / DAYS_A_YEAR) if len(sharpes) > 1 else least
