"""Can these numbers be traded on? Looks at one symbol's candles and prices, and grades them.

The limits are the desk's own: what a liquid perpetual never does in a calm hour is a finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from core.domain.instrument import NEAR_END
from core.domain.market import CandleFrame, Floats, to_millis
from core.domain.quality import Fault, Finding, Grade, Quality
from core.indicators import LONGEST

OLD_PRICE = timedelta(seconds=30)
SKEWED = timedelta(seconds=1)
FAR_SKEWED = timedelta(seconds=5)
DIVERGED, TORN = 0.01, 0.03
RECENT = 24
SILENT = 3
ACCURATE = 0.99
TOLERANCE = 0.002
LATE_FUNDING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beside the candles; None and zero say nothing against them.

    `price_age` is since the venue last told a price, `skew` its clock minus ours, `divergence` the
    mark against the last price as a fraction, `missing` candles that the venue itself does not
    have, `suspect` such as were not asked for again yet, `accuracy` agreement with a second venue
    (0..1), `funding_late` how long a stamp is overdue. `elsewhere` says that another venue than the
    account's stands in, `ends_in` how long the contract is still listed, where its end is known.
    """

    price_age: timedelta | None = None
    skew: timedelta | None = None
    divergence: float | None = None
    missing: int = 0
    suspect: int = 0
    accuracy: float | None = None
    funding_late: timedelta | None = None
    elsewhere: bool = False
    ends_in: timedelta | None = None


ALONE = Surroundings()


def assess(frame: CandleFrame, as_of: datetime, around: Surroundings = ALONE) -> Quality:
    """Grade a symbol as of a moment."""
    findings = (*_in_candles(frame, as_of), *_around(around))
    return Quality(findings, around.price_age, around.accuracy)


def _in_candles(frame: CandleFrame, as_of: datetime) -> Iterator[Finding]:
    if not len(frame):
        yield Finding(Fault.EMPTY, Grade.BROKEN)
        return
    if len(frame) <= LONGEST:
        yield Finding(Fault.SHORT, Grade.BROKEN, len(frame))
    if not is_finite(frame):
        yield Finding(Fault.NOT_FINITE, Grade.BROKEN)
    late = lateness(frame, as_of)
    if late > timedelta(0):
        yield Finding(Fault.LATE_CANDLE, Grade.STALE, late.total_seconds())
    silent = silence(frame)
    if silent >= SILENT:
        yield Finding(Fault.SILENT, Grade.THIN, silent)


def _around(around: Surroundings) -> Iterator[Finding]:
    for look in (_price_age, _skew, _divergence, _holes, _accuracy, _funding, _ending):
        finding = look(around)
        if finding:
            yield finding
    if around.elsewhere:
        yield Finding(Fault.ELSEWHERE, Grade.STALE)


def _price_age(around: Surroundings) -> Finding | None:
    age = around.price_age
    if age is None or age <= OLD_PRICE:
        return None
    return Finding(Fault.OLD_PRICE, Grade.STALE, age.total_seconds())


def _skew(around: Surroundings) -> Finding | None:
    skew = abs(around.skew or timedelta(0))
    if skew <= SKEWED:
        return None
    grade = Grade.BROKEN if skew > FAR_SKEWED else Grade.THIN
    return Finding(Fault.SKEW, grade, skew.total_seconds())


def _divergence(around: Surroundings) -> Finding | None:
    apart = abs(around.divergence or 0.0)
    if apart <= DIVERGED:
        return None
    return Finding(Fault.DIVERGENCE, Grade.BROKEN if apart > TORN else Grade.THIN, apart)


def _holes(around: Surroundings) -> Finding | None:
    if around.suspect:
        return Finding(Fault.GAP, Grade.STALE, around.suspect)
    return Finding(Fault.GAP, Grade.THIN, around.missing) if around.missing else None


def _accuracy(around: Surroundings) -> Finding | None:
    if around.accuracy is None or around.accuracy >= ACCURATE:
        return None
    return Finding(Fault.OUTLIER, Grade.THIN, around.accuracy)


def _funding(around: Surroundings) -> Finding | None:
    late = around.funding_late
    if late is None or late <= LATE_FUNDING:
        return None
    return Finding(Fault.LATE_FUNDING, Grade.THIN, late.total_seconds())


def _ending(around: Surroundings) -> Finding | None:
    left = around.ends_in
    if left is None or left > NEAR_END:
        return None
    return Finding(Fault.ENDING, Grade.BROKEN, max(left.total_seconds(), 0.0))


def is_finite(frame: CandleFrame) -> bool:
    """Is every price a number?"""
    return all(np.isfinite(c).all() for c in (frame.open, frame.high, frame.low, frame.close))


def lateness(frame: CandleFrame, as_of: datetime) -> timedelta:
    """How long the newest candle that could be there has been missing; zero when it is there."""
    following = int(frame.time[-1]) + 2 * frame.timeframe.milliseconds
    return max(timedelta(milliseconds=to_millis(as_of) - following + 1), timedelta(0))


def silence(frame: CandleFrame) -> int:
    """The longest run of candles without a trade among the latest."""
    traded = np.flatnonzero(np.concatenate(([1.0], frame.volume[-RECENT:], [1.0])))
    return int(np.diff(traded).max()) - 1


def agreement(ours: Floats, theirs: Floats, tolerance: float = TOLERANCE) -> float | None:
    """Which share of closes lies within a fraction of a second venue's; None without any."""
    if not len(ours):
        return None
    return float(np.mean(np.abs(ours / theirs - 1) <= tolerance))
