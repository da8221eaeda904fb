"""The committee's verdicts over a whole frame at once, through the same `decide` as the desk's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from core.committee.consensus import decide
from core.committee.merging import Burden, Rules
from core.committee.question import stop_distances
from core.domain.market import CandleFrame, from_millis
from core.domain.opinion import Decision, Distances, Opinion, Question, Verdict
from core.domain.trading import Side
from core.domain.tuning import STANDARD
from core.rules import voices
from core.rules.rule import ForecastColumns, study
from tests.builders import QUESTION, SYMBOL

RULES = STANDARD.voices
BURDEN = Burden(fees=0.001, slippage=0.0004, funding={Side.BUY: 0.0, Side.SELL: 0.0})


def all_columns(frame: CandleFrame) -> dict[str, ForecastColumns]:
    learnt = study(frame, STANDARD)
    return {rule.name: rule.columns(learnt) for rule in voices(STANDARD)}


def edges(frame: CandleFrame, first: int) -> Iterator[Decision]:
    """The decisions with an edge from row `first` on; funding is left out of the costs."""
    columns = all_columns(frame)
    voiced = sum(~np.isnan(column.p_up) for column in columns.values())
    stops = stop_distances(frame, study(frame, STANDARD).columns, STANDARD)
    for row in np.flatnonzero(voiced >= Rules().quorum):
        if row >= first:
            asked = _question(frame, int(row), float(stops[row]))
            decision = decide("", asked, _opinions(columns, int(row)), BURDEN, "", Rules())
            if decision.verdict is Verdict.EDGE:
                yield decision


def _question(frame: CandleFrame, row: int, stop: float) -> Question:
    distances = Distances(stop, STANDARD.target_in_stops * stop)
    return replace(
        QUESTION,
        as_of=from_millis(int(frame.time[row])) + frame.timeframe.duration,
        price=float(frame.close[row]),
        horizon=STANDARD.horizon * timedelta(milliseconds=frame.timeframe.milliseconds),
        distances=dict.fromkeys(Side, distances),
    )


def _opinions(columns: dict[str, ForecastColumns], row: int) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(
            analyst=name,
            symbol=SYMBOL,
            p_up=float(column.p_up[row]),
            p_target_first={side: float(p[row]) for side, p in column.p_target_first.items()},
        )
        for name, column in columns.items()
        if not np.isnan(column.p_up[row])
    )
