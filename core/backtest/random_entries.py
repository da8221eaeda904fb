"""What the same trades would have brought had they begun at any other time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.backtest.history import SymbolHistory
from core.backtest.periods import spans
from core.backtest.run import Run
from core.domain.market import Floats, Millis
from core.domain.trade import Exit, Trade


def random_entries(
    run: Run, histories: Mapping[str, SymbolHistory], seed: int, rounds: int = 200
) -> Floats:
    """Total net returns (fractions of the opening equity) of `rounds` runs of random entries.

    Every trade keeps its symbol, side, notional, fees and holding time in tape candles (at least
    one), and begins at the open of a random candle of the run instead. Entries slip, and so do
    exits but those at a target; funding is paid at the rates then due. Trades may overlap.
    """
    dice = np.random.default_rng(seed)
    net = np.zeros(rounds)
    for symbol in sorted({trade.symbol for trade in run.trades}):
        trades = [trade for trade in run.trades if trade.symbol == symbol]
        stage = _stage(histories[symbol], int(run.curve.time[0]), int(run.curve.time[-1]))
        stakes = _stakes(trades, histories[symbol], float(run.scenario.costs.taken))
        net += _played(stage, stakes, dice, rounds)
    return net / float(run.scenario.equity)


@dataclass(frozen=True, slots=True)
class _Stage:
    """Candles of the run; `owed` and `paid` are the funding rates summed up before a candle's
    open and by its close.
    """

    open: Floats
    close: Floats
    owed: Floats
    paid: Floats


@dataclass(frozen=True, slots=True)
class _Stakes:
    """A column for each thing a trade keeps; `slip` is what its exit loses, `rows` its length."""

    sign: Floats
    notional: Floats
    fees: Floats
    entry_slip: float
    slip: Floats
    rows: Millis


def _stage(history: SymbolHistory, start: int, end: int) -> _Stage:
    tape, step = history.tape, history.tape.timeframe.milliseconds
    first = int(np.searchsorted(tape.time, start))
    candles = tape.rows(first, int(np.searchsorted(tape.time, end - step, side="right")))
    due = np.concatenate(([0.0], np.cumsum(history.funding.rate)))
    return _Stage(
        open=candles.open,
        close=candles.close,
        owed=due[np.searchsorted(history.funding.time, candles.time)],
        paid=due[np.searchsorted(history.funding.time, candles.time + step, side="right")],
    )


def _stakes(trades: Sequence[Trade], history: SymbolHistory, slippage: float) -> _Stakes:
    begun, over = spans(trades).T
    rests = np.array([trade.exit is Exit.TARGET for trade in trades])
    return _Stakes(
        sign=np.array([float(trade.side.sign) for trade in trades]),
        notional=np.array([float(trade.amount * trade.entry_price) for trade in trades]),
        fees=np.array([float(trade.fees) for trade in trades]),
        entry_slip=slippage,
        slip=np.where(rests, 0.0, slippage),
        rows=np.maximum(np.rint((over - begun) / history.tape.timeframe.milliseconds), 1),
    )


def _played(stage: _Stage, stakes: _Stakes, dice: np.random.Generator, rounds: int) -> Floats:
    """Net money of each round."""
    rows = np.minimum(stakes.rows, len(stage.open)).astype(np.int64)
    entry = dice.integers(0, len(stage.open) - rows + 1, size=(rounds, len(rows)))
    last = entry + rows - 1
    bought = stage.open[entry] * (1 + stakes.sign * stakes.entry_slip)
    sold = stage.close[last] * (1 - stakes.sign * stakes.slip)
    funding = stage.paid[last] - stage.owed[entry]
    money = stakes.sign * stakes.notional * (sold / bought - 1 - funding) - stakes.fees
    total: Floats = money.sum(axis=1)
    return total
