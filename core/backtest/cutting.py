"""Histories cut to a stretch and its warm-up: a thousand short backtests need not read ten years."""

from dataclasses import replace
from datetime import datetime

import numpy as np

from core.backtest.history import Funding, SymbolHistory
from core.domain.market import CandleFrame, to_millis
from core.rules.rule import ForecastColumns

WARM_UP = 3_000  # candles before the first look, as many as a living desk remembers


def cut(history: SymbolHistory, start: datetime, end: datetime) -> SymbolHistory:
    """The candles that closed by `end`, the one that opens then, and WARM_UP before `start`.

    A replay of [start, end] makes the same of it as of the whole history.
    """
    frame = history.frame
    first, last = max(frame.closed_by(start) - WARM_UP, 0), frame.closed_by(end) + 1
    opened = int(frame.time[first]) if len(frame) else 0
    return replace(
        history,
        frame=frame.rows(first, last),
        tape=_since(history.tape, opened, end),
        mark=None if history.mark is None else _since(history.mark, opened, end),
        funding=_paid(history.funding, opened, to_millis(end)),
        voices={name: _said(voice, slice(first, last)) for name, voice in history.voices.items()},
    )


def _said(voice: ForecastColumns, rows: slice) -> ForecastColumns:
    return ForecastColumns(
        setups=voice.setups[rows],
        p_up=voice.p_up[rows],
        p_target_first={side: column[rows] for side, column in voice.p_target_first.items()},
        effective_n=voice.effective_n[rows],
    )


def _since(candles: CandleFrame, opened: int, end: datetime) -> CandleFrame:
    first = int(np.searchsorted(candles.time, opened))
    return candles.rows(first, candles.closed_by(end) + 1)


def _paid(funding: Funding, opened: int, end: int) -> Funding:
    """With the rate that was last known before the first candle, and the one before it: how far
    they lie apart says how long a rate is good for.
    """
    first = max(int(np.searchsorted(funding.time, opened, side="right")) - 2, 0)
    rows = slice(first, int(np.searchsorted(funding.time, end, side="right")))
    return Funding(funding.time[rows], funding.rate[rows])
