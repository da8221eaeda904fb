"""What would simply buying the symbols have brought?"""

from collections.abc import Mapping

import numpy as np

from core.backtest.history import SymbolHistory
from core.backtest.run import Run
from core.domain.market import CandleFrame, Floats, Millis


def hold_curve(run: Run, histories: Mapping[str, SymbolHistory]) -> Floats:
    """Equity (quote currency) at `run.curve.time` of buying the scenario's symbols in equal parts.

    Each part is bought at the first open at or after the beginning, and is cash until a symbol
    listed later has candles. Without leverage, fees and funding. Symbols without a history are
    left out; without any the equity stays what it was.
    """
    scenario, times = run.scenario, run.curve.time
    symbols = [symbol for symbol in scenario.settings.symbols if symbol in histories]
    growth = np.zeros(len(times))
    for symbol in symbols:
        growth += _growth(histories[symbol].tape, times) / len(symbols)
    worth: Floats = float(scenario.equity) * (growth if symbols else np.ones(len(times)))
    return worth


def _growth(tape: CandleFrame, times: Millis) -> Floats:
    """The last close by each time over the first open; 1 before it."""
    first = int(np.searchsorted(tape.time, times[0]))
    if first == len(tape):
        return np.ones(len(times))
    rows = _closed(tape, times) - 1
    prices = np.where(rows >= first, tape.close[rows], tape.open[first])
    growth: Floats = prices / tape.open[first]
    return growth


def _closed(tape: CandleFrame, times: Millis) -> Millis:
    """How many candles had closed at each time; counted, not searched, where none is missing."""
    step, first = tape.timeframe.milliseconds, int(tape.time[0])
    if int(tape.time[-1]) - first == (len(tape) - 1) * step:
        return np.clip((times - first) // step, 0, len(tape))
    return np.searchsorted(tape.time, times - step, side="right")
