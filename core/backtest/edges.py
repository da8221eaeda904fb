"""All decisions of a stretch as columns, by the desk's own rules and committee."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.backtest.history import Funding, SymbolHistory
from core.backtest.scenario import Scenario
from core.committee.burden import FUNDING_EVERY
from core.committee.calibration import UNPROVEN
from core.committee.merging import SIDES, VERDICTS, Burden, Merged, Panel, Rules, Stakes, merge
from core.committee.question import stop_distances
from core.domain.market import Floats, Millis, to_millis
from core.domain.opinion import Verdict
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import LONGEST, indicators
from core.rules import voices
from core.rules.rule import ForecastColumns, Study, shortest_history

Rows = NDArray[np.int64]
EIGHT_HOURS = 28_800_000
EDGE = VERDICTS.index(Verdict.EDGE)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the committee makes of each row of `rows`: the candles that closed within the stretch
    and had enough behind them. `closes` are their closes in ms, distances fractions of the price.
    """

    rows: Rows
    closes: Millis
    stop: Floats
    target: Floats
    panel: Panel
    merged: Merged

    @property
    def edges(self) -> Rows:
        """Places (in these columns) at which a trade is asked for."""
        wanted = (self.merged.verdict == EDGE) & (self.merged.confidence > 0)
        return np.flatnonzero(wanted)


class Learnt:
    """A symbol's study, kept while scenarios over the same history differ in other things."""

    def __init__(self, history: SymbolHistory, tuning: Tuning) -> None:
        self.history, self.tuning = history, tuning
        self.study = Study(history.frame, indicators(history.frame), tuning)

    @cached_property
    def answers(self) -> dict[str, ForecastColumns]:
        """What each voice says at every candle: the rules, then the models."""
        rules = {rule.name: rule.columns(self.study) for rule in voices(self.tuning)}
        return {**rules, **self.history.voices}

    @cached_property
    def stop(self) -> Floats:
        return stop_distances(self.history.frame, self.study.columns, self.tuning)


def decide_columns(learnt: Learnt, scenario: Scenario) -> Decisions:
    """Every decision of the stretch: what `FormDecisions` would say at each close."""
    history, tuning = learnt.history, learnt.tuning
    rows = _rows(learnt, scenario)
    closes = history.frame.time[rows] + history.frame.timeframe.milliseconds
    stop = learnt.stop[rows]
    target = tuning.target_in_stops * stop
    panel = _panel(learnt.answers, rows)
    stakes = dict.fromkeys(SIDES, Stakes(stop, target))
    burden = _burden(history, scenario, tuning, closes)
    trusts = dict.fromkeys(history.voices, UNPROVEN)
    merged = merge(panel, stakes, burden, Rules(trusts=trusts, main=history.main).tuned(tuning))
    return Decisions(rows, closes, stop, target, panel, merged)


def _rows(learnt: Learnt, scenario: Scenario) -> Rows:
    """Where enough voices speak, and the tape has a price; the rest is no quorum."""
    frame, tuning = learnt.history.frame, learnt.tuning
    spoken = [~np.isnan(answer.p_up) for answer in learnt.answers.values()]
    heard = np.sum(spoken, axis=0) >= tuning.quorum
    main = learnt.history.voices.get(learnt.history.main)
    if main is not None:
        heard |= ~np.isnan(main.p_up)
    heard[: max(shortest_history(tuning) - 1, LONGEST)] = False
    closes = frame.time + frame.timeframe.milliseconds
    heard[closes <= to_millis(scenario.start)] = False
    heard[closes > to_millis(scenario.end)] = False
    tape = learnt.history.tape
    if len(tape):
        ends = int(tape.time[-1]) + tape.timeframe.milliseconds
        heard[(closes <= tape.time[0]) | (closes > ends)] = False
    return np.flatnonzero(heard)


def _panel(answers: dict[str, ForecastColumns], rows: Rows) -> Panel:
    columns = answers.values()
    return Panel(
        names=tuple(answers),
        p_up=np.array([column.p_up[rows] for column in columns]),
        p_target_first={
            side: np.array([column.p_target_first[side][rows] for column in columns])
            for side in SIDES
        },
    )


def _burden(history: SymbolHistory, scenario: Scenario, tuning: Tuning, closes: Millis) -> Burden:
    """The same round trip as `core.engine.burden_of`, for every row."""
    rate = funding_known(history.funding, closes)
    stamps = history.frame.timeframe.duration * tuning.horizon / FUNDING_EVERY
    return Burden(
        fees=2 * float(history.instrument.taker_fee),
        slippage=2 * float(scenario.costs.taken),
        funding={side: np.maximum(0.0, side.sign * rate) * stamps for side in Side},
    )


def funding_known(funding: Funding, moments: Millis) -> Floats:
    """The last rate that had come due; 0 before the first and where the record has a hole."""
    due = np.searchsorted(funding.time, moments, side="right")
    if not len(funding.time):
        return np.zeros(len(moments))
    last = np.maximum(due - 1, 0)
    before = np.maximum(due - 2, 0)
    interval = np.where(due > 1, funding.time[last] - funding.time[before], EIGHT_HOURS)
    fresh = (due > 0) & (moments < funding.time[last] + 2 * interval)
    return np.where(fresh, funding.rate[last], 0.0)


def funding_stamp(funding: Funding, moment: int) -> int | None:
    """The row of the rate that is known at a moment, by the same rule."""
    due = int(np.searchsorted(funding.time, moment, side="right"))
    if not due:
        return None
    last = int(funding.time[due - 1])
    interval = last - int(funding.time[due - 2]) if due > 1 else EIGHT_HOURS
    return due - 1 if moment < last + 2 * interval else None
