"""Models' answers, written down when they were given and heard again in a backtest.

An answer counts only for the very question it was given to: the same candles, funding, distances
and horizon. Everything else is a miss, and a voice that misses abstains; nobody is asked anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from core.backtest.edges import funding_stamp
from core.backtest.history import SymbolHistory
from core.committee.question import question
from core.domain.market import FundingRate, Origin, exact, from_millis, to_millis
from core.domain.opinion import Question
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import indicators
from core.rules.rule import ForecastColumns

WINDOW = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One model's answer. `model` is provider and snapshot, `input` what it was asked (input_of),
    `cutoff` the end of what the model can know, None where nobody says.
    """

    voice: str
    model: str
    prompt: str
    schema: str
    sample: int
    input: str
    symbol: str
    as_of: datetime
    p_up: float
    p_target_first: Mapping[Side, float]
    cutoff: date | None = None

    def __post_init__(self) -> None:
        for p in (self.p_up, *self.p_target_first.values()):
            if not 0 <= p <= 1:
                raise ValueError(f"a probability must lie in 0..1, was {p}")
        if set(self.p_target_first) != set(Side):
            raise ValueError("an answer is for both sides")

    @property
    def key(self) -> str:
        """Under what it is found again."""
        parts = (self.model, self.prompt, self.schema, self.input, str(self.sample))
        return "|".join(parts)


@dataclass(frozen=True, slots=True)
class Heard:
    """A history with its voices, how many answers found their question, and whose they were."""

    history: SymbolHistory
    found: int
    missed: int
    cutoffs: Mapping[str, date | None]


def input_of(snapshot: MarketSnapshot, asked: Question) -> str:
    """A digest of everything that a model was shown and asked."""
    sides = [(side, asked.distances[side].stop, asked.distances[side].target) for side in Side]
    shown = f"{snapshot.hash}|{asked.as_of.isoformat()}|{asked.horizon}|{sides}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def hear(history: SymbolHistory, answers: Iterable[Answer], tuning: Tuning) -> Heard:
    """Put each answer at its candle. Of several samples of one voice the first one counts."""
    mine = sorted((a for a in answers if a.symbol == history.symbol), key=lambda a: a.sample)
    columns: dict[str, ForecastColumns] = {}
    found = 0
    for answer in mine:
        row = _row(history, answer.as_of)
        if row is None or _asked(history, row, tuning) != answer.input:
            continue
        found += 1
        column = columns.setdefault(answer.voice, _silence(len(history.frame)))
        if np.isnan(column.p_up[row]):
            _write(column, row, answer)
    heard = replace(history, voices={**history.voices, **columns})
    return Heard(heard, found, len(mine) - found, {a.model: a.cutoff for a in mine})


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


def _asked(history: SymbolHistory, row: int, tuning: Tuning) -> str | None:
    """The input at a row; None where there was nothing to ask yet."""
    seen = sight(history, row)
    columns = indicators(seen.frame)
    if not np.isfinite(columns.atr[-1]):
        return None
    return input_of(seen, question(seen, columns, tuning))


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
    column.p_up[row] = answer.p_up
    for side, p in answer.p_target_first.items():
        column.p_target_first[side][row] = p
