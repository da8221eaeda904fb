"""Runs, trades and histories for statistics: a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from core.backtest.history import NO_FUNDING, SymbolHistory
from core.backtest.run import Curve, Run
from core.backtest.scenario import Scenario
from core.domain.market import CandleFrame, Timeframe, from_millis, to_millis
from core.domain.trade import Exit, TradeStatus
from tests.builders import SYMBOL, instrument, plan, settings, trade

NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def closed(net, *, at=NEW_YEAR + DAY, held=HOUR, way=Exit.STOP, **changed):
    """A trade of 10,000 quote currency that risked 10 and ended `at` with this net."""
    numbers = {
        "plan": plan(risk=Decimal(10), amount=Decimal(1), symbol=changed.pop("symbol", SYMBOL)),
        "amount": Decimal(1),
        "entry_price": Decimal(10_000),
        "realized": Decimal(net) + 2,
        "fees": Decimal(1),
        "funding": Decimal(-1),
        "status": TradeStatus.CLOSED,
        "exit": way,
        "opened_at": at - held,
        "closed_at": at,
    }
    return trade(**{**numbers, **changed})


def curve(*points):
    """Points are (moment, equity)."""
    times = np.array([to_millis(moment) for moment, _ in points], dtype=np.int64)
    return Curve(times, np.array([equity for _, equity in points], dtype=np.float64))


def steady(*equity, start=NEW_YEAR, step=DAY):
    return curve(*((start + row * step, worth) for row, worth in enumerate(equity)))


def run(line=None, trades=(), *, equity=1000, symbols=(SYMBOL,), **changed):
    line = steady(1000, 1000) if line is None else line
    scenario = Scenario(
        start=from_millis(int(line.time[0])),
        end=from_millis(int(line.time[-1])),
        equity=Decimal(equity),
        settings=settings(symbols=symbols, timeframe=Timeframe.H1),
        **changed,
    )
    return Run(
        scenario=scenario,
        trades=tuple(trades),
        curve=line,
        closing=Decimal(repr(float(line.equity[-1]))),
        looks=0,
        edges=0,
        refusals={},
        candles=0,
    )


def frame(closes, *, start=NEW_YEAR, timeframe=Timeframe.H1, first=None):
    """Candles whose opens join the closes before; the first opens at `first` or its own close."""
    closes = np.array(closes, dtype=np.float64)
    opens = np.concatenate(([closes[0] if first is None else first], closes[:-1]))
    times = to_millis(start) + timeframe.milliseconds * np.arange(len(closes), dtype=np.int64)
    high, low = np.maximum(opens, closes), np.minimum(opens, closes)
    return CandleFrame(timeframe, times, opens, high, low, closes, np.ones(len(closes)))


def history(candles, *, symbol=SYMBOL, mark=None, funding=NO_FUNDING, tape=None):
    return SymbolHistory(
        instrument=instrument(symbol=symbol),
        frame=candles,
        tape=candles if tape is None else tape,
        mark=mark,
        funding=funding,
    )
