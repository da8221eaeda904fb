"""What looks odd in the columns of a series: silence, leaps, and prices that stand apart."""

from datetime import datetime

import numpy as np

from bot.market.quality import Compared, Divergence, Jump, Stretch
from bot.market.report import Gap
from bot.market.sieve import Mask
from core.domain.history import FundingHistory
from core.domain.market import CandleFrame, Floats, Millis, from_millis

MANY_TIMES = 15
AROUND = 24
LEAST_LEAP = 0.05
MISPLACED = float(np.log(8))
FAR = 0.02
SHOWN = 20
NEAR = 0.001
LATE = 1.5
NEIGHBOURS = 5
FEWEST = 3


def silent(frame: CandleFrame) -> tuple[Stretch, ...]:
    """Runs of candles without a trade."""
    step = frame.timeframe.milliseconds
    rows = np.flatnonzero(frame.volume == 0)
    if not len(rows):
        return ()
    breaks = np.flatnonzero(np.diff(frame.time[rows]) != step) + 1
    return tuple(
        Stretch(from_millis(int(frame.time[run[0]])), len(run)) for run in np.split(rows, breaks)
    )


def jumps(frame: CandleFrame) -> tuple[Jump, ...]:
    """Closes that leave both neighbours while those agree, far beyond what is usual around them;
    and whatever looks like a point in the wrong place.
    """
    steps = np.diff(np.log(frame.close))
    spikes = _spikes(steps)
    changes = {**_misplaced(frame, steps, spikes), **_wicks(frame)}
    changes |= {row + 1: steps[row] for row in spikes}
    return tuple(Jump(_at(frame, row), float(np.expm1(changes[row]))) for row in sorted(changes))


def _spikes(steps: Floats) -> list[int]:
    """Steps away from which the next leads back."""
    there, back = steps[:-1], steps[1:]
    far = np.minimum(np.abs(there), np.abs(back))
    odd = (far > LEAST_LEAP) & (there * back < 0) & (np.abs(there + back) < far / 2)
    return [row for row in np.flatnonzero(odd).tolist() if far[row] > _wild(steps, row)]


def _misplaced(frame: CandleFrame, steps: Floats, spikes: list[int]) -> dict[int, float]:
    """Leaps that no market makes from one candle to the next, back at once or not."""
    known = {step for row in spikes for step in (row, row + 1)}
    is_next = np.diff(frame.time) == frame.timeframe.milliseconds
    rows = np.flatnonzero((np.abs(steps) > MISPLACED) & is_next).tolist()
    return {row + 1: steps[row] for row in rows if row not in known}


def _wicks(frame: CandleFrame) -> dict[int, float]:
    up = np.log(frame.high / np.maximum(frame.open, frame.close))
    down = np.log(frame.low / np.minimum(frame.open, frame.close))
    furthest = np.where(up > -down, up, down)
    return {row: furthest[row] for row in np.flatnonzero(np.abs(furthest) > MISPLACED).tolist()}


def _wild(steps: Floats, row: int) -> float:
    """In a crash everything leaps."""
    around = steps[max(row - AROUND, 0) : row + AROUND]
    return MANY_TIMES * float(np.median(np.abs(around)))


def divergences(frame: CandleFrame, marks: CandleFrame) -> tuple[Divergence, ...]:
    """The furthest of the lows and highs that the mark price did not follow."""
    _, mine, its = np.intersect1d(frame.time, marks.time, return_indices=True)
    pairs = ((frame.low[mine], marks.low[its]), (frame.high[mine], marks.high[its]))
    shares = [np.abs(last / mark - 1) for last, mark in pairs]
    which = np.argmax(shares, axis=0) if len(mine) else np.empty(0, np.int64)
    share = np.max(shares, axis=0, initial=0)
    rows = [row for row in np.argsort(-share)[:SHOWN].tolist() if share[row] > FAR]
    return tuple(
        Divergence(_at(frame, mine[row]), *(float(side[row]) for side in pairs[which[row]]))
        for row in rows
    )


def compared(frame: CandleFrame, other: CandleFrame, venue: str) -> Compared | None:
    """None where they share no candle."""
    _, mine, its = np.intersect1d(frame.time, other.time, return_indices=True)
    if not len(mine):
        return None
    change = frame.close[mine] / other.close[its] - 1
    row = int(np.argmax(np.abs(change)))
    furthest = Jump(_at(frame, mine[row]), float(change[row])) if change[row] else None
    return Compared(venue, len(mine), float((np.abs(change) <= NEAR).mean()), furthest)


def late(funding: FundingHistory, hour: int = 3_600_000) -> Millis:
    """How long after the full hour each stamp came, in ms."""
    return funding.time % hour


def funding_gaps(funding: FundingHistory) -> tuple[Gap, ...]:
    """Where stamps are further apart than those around them, by a stamp or more."""
    steps = np.diff(funding.time)
    usual = _usual(steps)
    return tuple(
        Gap(
            from_millis(int(funding.time[row] + usual[row])),
            from_millis(int(funding.time[row + 1])),
            round(float(steps[row] / usual[row])) - 1,
        )
        for row in np.flatnonzero(is_too_long(steps)).tolist()
    )


def is_too_long(steps: Millis) -> Mask:
    """Which steps are longer than what is usual before and after them?"""
    return np.asarray(steps > LATE * _usual(steps), dtype=np.bool_)


def _usual(steps: Millis) -> Millis:
    """The longer of the rhythms before and after, as a new rhythm is no gap; of a few none."""
    if len(steps) < FEWEST:
        return steps
    return np.maximum(_rhythm(steps), _rhythm(steps[::-1])[::-1])


def _rhythm(steps: Millis) -> Millis:
    """The lower median of the few steps before each; before the first its neighbour stands."""
    before = [np.sort(steps[max(row - NEIGHBOURS, 0) : row]) for row in range(1, len(steps))]
    usual = [steps[1], *(int(few[(len(few) - 1) // 2]) for few in before)]
    return np.array(usual, np.int64)


def _at(frame: CandleFrame, row: int) -> datetime:
    return from_millis(int(frame.time[row]))
