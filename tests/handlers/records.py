"""Finished backtests for a fake runner to end with: a plain one, and a search that found a set."""

from dataclasses import replace
from functools import cache

from core.backtest.filed import Finished
from core.backtest.record import Kind
from core.domain.tuning import Tuning
from tests.bot.backtest import facts

FOUND = Tuning(horizon=36, stop_in_atr=1.75)


@cache
def plain(trades=40):
    return facts.record(trades)


@cache
def found(kind=Kind.OPTIMIZE):
    made = facts.record(tries=100, sharpes=(0.2, 0.9, 1.4), proposed=FOUND)
    return replace(made, question=replace(made.question, kind=kind, tuning=FOUND))


def finished(trades=40):
    return Finished(plain(trades))
