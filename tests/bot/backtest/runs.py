"""A run as the engine would hand it over, made up by the dice of a seed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np

from core.backtest.run import Curve, Run
from core.domain.market import exact, from_millis, to_millis
from core.domain.proposal import Rule, Target
from core.domain.trade import Exit, Kind, Trade, TradeStatus
from core.domain.trading import Side
from tests.builders import plan

EXITS = (Exit.STOP, Exit.TARGET, Exit.TRAIL, Exit.TIME)
RISK = Decimal(25)


def made_run(histories, scenario, trades=40, seed=3):
    """`trades` of random length and luck, one after the other, in a curve that adds up."""
    dice = np.random.default_rng(seed)
    times = grid(next(iter(histories.values())).frame, scenario)
    begins = np.sort(dice.choice(len(times) - 6, trades, replace=False))
    made = [
        made_trade(histories, scenario, times, int(row), dice, n) for n, row in enumerate(begins)
    ]
    made.sort(key=lambda trade: trade.closed_at)
    return Run(
        scenario=scenario,
        trades=tuple(made),
        curve=Curve(times, worth(times, scenario.equity, made)),
        closing=scenario.equity + sum((trade.net for trade in made), Decimal(0)),
        looks=len(times),
        edges=2 * trades,
        refusals={Rule.COOL_DOWN: 7, Rule.REWARD: trades},
        candles=len(times) * len(histories),
    )


def grid(frame, scenario):
    start, end = to_millis(scenario.start), to_millis(scenario.end)
    return np.arange(start, end + 1, frame.timeframe.milliseconds, dtype=np.int64)


def worth(times, equity, made):
    """What is closed by then; the last is the closing one."""
    ends = np.array([to_millis(trade.closed_at) for trade in made], dtype=np.int64)
    sums = np.concatenate(([0.0], np.cumsum([float(trade.net) for trade in made])))
    return float(equity) + sums[np.searchsorted(ends, times, side="right")]


def made_trade(histories, scenario, times, row, dice, number):
    symbol = list(histories)[number % len(histories)]
    tape = histories[symbol].tape
    entry = exact(tape.open[np.searchsorted(tape.time, times[row])])
    side = Side.BUY if dice.random() < 0.5 else Side.SELL
    in_r = Decimal(repr(round(float(dice.normal(0.25, 1.2)), 4)))
    amount, moved = RISK / (entry * Decimal("0.02")), in_r * entry * Decimal("0.02")
    stop = entry * (1 - side.sign * Decimal("0.02"))
    target = (Target(entry * (1 + side.sign * Decimal("0.05")), Decimal(1)),)
    opened = from_millis(int(times[row]))
    return Trade(
        id=f"t{number:05}",
        account=scenario.settings.account,
        kind=Kind.REAL,
        plan=replace(
            plan(),
            symbol=symbol,
            side=side,
            amount=amount,
            risk=RISK,
            stop_loss=stop,
            targets=target,
        ),
        stop=stop,
        targets=target,
        status=TradeStatus.CLOSED,
        amount=amount,
        entry_price=entry,
        realized=in_r * RISK,
        fees=amount * entry * Decimal("0.001"),
        funding=Decimal("-0.12"),
        exit=EXITS[number % len(EXITS)],
        exit_price=entry + side.sign * moved,
        created_at=opened,
        opened_at=opened,
        closed_at=opened + timedelta(hours=int(dice.integers(1, 5))),
    )
