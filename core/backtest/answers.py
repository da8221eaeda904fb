"""Models' answers, written down when they were given and heard again in a backtest.

An answer counts only for the very question it was given to: the same tables and features of the
same close, the same distances and horizon, whichever other symbols were asked about with it.
Everything else is a miss, and a voice that misses abstains; nobody is asked anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from core.backtest.edges import funding_stamp
from core.backtest.history import SymbolHistory
from core.committee.question import question
from core.domain.market import FundingRate, Origin, exact, from_millis, to_millis
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import indicators
from core.prompt import input_of
from core.rules.rule import ForecastColumns

WINDOW = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One model's answer. `model` is provider and snapshot, `input` what it was asked (input_of),
    `cutoff` the end of what the model can know, None where nobody says. Without `p_up` it had no
    view. `cost` is its share of what was paid for all that was asked with it, in US dollars.
    """

    voice: str
    model: str
    prompt: str
    schema: str
    sample: int
    input: str
    symbol: str
    as_of: datetime
    p_up: float | None = None
    p_target_first: Mapping[Side, float] = field(default_factory=dict)
    cutoff: date | None = None
    cost: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        said = () if self.p_up is None else (self.p_up, *self.p_target_first.values())
        if not all(0 <= p <= 1 for p in said):
            raise ValueError(f"a probability must lie in 0..1, was one of {said}")
        if self.p_up is not None and set(self.p_target_first) != set(Side):
            raise ValueError("an answer is for both sides")

    @property
    def key(self) -> str:
        """Under what it is found again."""
        return key_of(self.model, self.prompt, self.schema, self.input, self.sample)


def key_of(model: str, prompt: str, schema: str, asked: str, sample: int = 0) -> str:
    return "|".join((model, prompt, schema, asked, str(sample)))


@dataclass(frozen=True, slots=True)
class Heard:
    """A history with its voices, how many answers found their question, whose those were, and what
    they had cost.
    """

    history: SymbolHistory
    found: int
    missed: int
    cutoffs: Mapping[str, date | None]
    cost: Decimal


def hear(history: SymbolHistory, answers: Iterable[Answer], tuning: Tuning) -> Heard:
    """Put each answer at its candle. Of several samples of one voice the first one counts."""
    mine = sorted((a for a in answers if a.symbol == history.symbol), key=lambda a: a.sample)
    columns: dict[str, ForecastColumns] = {}
    asked = _Inputs(history, tuning)
    found = [answer for answer in mine if asked.at(answer.as_of) == answer.input]
    for answer in found:
        row = history.frame.closed_by(answer.as_of) - 1
        column = columns.setdefault(answer.voice, _silence(len(history.frame)))
        if np.isnan(column.p_up[row]):
            _write(column, row, answer)
    return Heard(
        history=replace(history, voices={**history.voices, **columns}),
        found=len(found),
        missed=len(mine) - len(found),
        cutoffs={answer.model: answer.cutoff for answer in found},
        cost=sum((answer.cost for answer in found), Decimal(0)),
    )


def sight(history: SymbolHistory, row: int) -> MarketSnapshot:
    """What a living desk would have shown at the close of a candle."""
    frame = history.frame.rows(row + 1 - WINDOW, row + 1)
    closed = int(frame.time[-1]) + frame.timeframe.milliseconds
    due = funding_stamp(history.funding, closed)
    rate = None
    if due is not None:
        time, known = history.funding.time.item(due), history.funding.rate.item(due)
        rate = FundingRate(from_millis(time), exact(known))
    return MarketSnapshot(history.instrument, from_millis(closed), frame, Origin.RECORDED, rate)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What was asked at each close of a history; voices share it."""

    history: SymbolHistory
    tuning: Tuning
    known: dict[datetime, str | None] = field(default_factory=dict)

    def at(self, as_of: datetime) -> str | None:
        if as_of not in self.known:
            row = _row(self.history, as_of)
            self.known[as_of] = None if row is None else self._at(row)
        return self.known[as_of]

    def _at(self, row: int) -> str | None:
        """None where there was nothing to ask yet."""
        seen = sight(self.history, row)
        columns = indicators(seen.frame)
        if not np.isfinite(columns.atr[-1]):
            return None
        return input_of(seen, question(seen, columns, self.tuning))


def _row(history: SymbolHistory, as_of: datetime) -> int | None:
    row = history.frame.closed_by(as_of) - 1
    closed = history.frame.time[row] + history.frame.timeframe.milliseconds
    return row if row >= 0 and closed == to_millis(as_of) else None


def _silence(rows: int) -> ForecastColumns:
    return ForecastColumns(
        setups=np.zeros(rows, dtype=np.int8),
        p_up=np.full(rows, np.nan),
        p_target_first={side: np.full(rows, np.nan) for side in Side},
        effective_n=np.zeros(rows),
    )


def _write(column: ForecastColumns, row: int, answer: Answer) -> None:
    column.p_up[row] = np.nan if answer.p_up is None else answer.p_up
    for side, p in answer.p_target_first.items():
        column.p_target_first[side][row] = p
