"""Which rows of a table cannot be true?"""

from bisect import bisect_left
from collections.abc import Callable

import numpy as np

from bot.market.report import Flaw
from bot.market.sieve import Mask, Sieve
from core.domain.history import Kind
from core.domain.market import Floats, Millis, Timeframe

FIRST_MILLISECOND = 1_230_768_000_000  # 2009, the year of the first bitcoin
LAST_MILLISECOND = 4_102_444_800_000  # 2100
MICROSECONDS_FROM = 1e14


def check(sieve: Sieve, kind: Kind) -> None:
    """Refuse what is wrong by itself, without a look at its neighbours."""
    for flaw, is_bad in (*ALWAYS, *(FUNDING if kind is Kind.FUNDING else CANDLES)):
        sieve.refuse(flaw, is_bad(sieve.values))


def check_grid(sieve: Sieve, timeframe: Timeframe) -> None:
    sieve.refuse(Flaw.OFF_GRID, millis(sieve.values) % timeframe.milliseconds != 0)


def check_order(sieve: Sieve, times: Millis) -> None:
    """Keep the most rows that rise in time, so that one stamp gone astray costs one row."""
    strays = ~longest_rise(times)
    if not strays.any():
        return
    repeats = strays & np.isin(times, times[~strays])
    others = repeats & _differs(sieve.values, times, ~strays)
    flaws = (
        (Flaw.DUPLICATE, repeats & ~others),
        (Flaw.CONFLICT, others),
        (Flaw.BACK_STEP, strays & ~repeats),
    )
    left = np.ones(len(times), dtype=np.bool_)
    for flaw, bad in flaws:
        sieve.refuse(flaw, bad[left])
        left &= ~bad


def _differs(values: Floats, times: Millis, kept: Mask) -> Mask:
    """From the kept row of the same time, or of the next one."""
    rows = np.flatnonzero(kept)
    twins = rows[np.searchsorted(times[rows], times).clip(max=len(rows) - 1)]
    return _in_any_column(values[:, 1:] != values[twins, 1:])


def millis(values: Floats) -> Millis:
    """Stamps in milliseconds; spot dumps since 2025 count microseconds."""
    times = values[:, 0]
    return np.where(times >= MICROSECONDS_FROM, times // 1000, times).astype(np.int64)


def longest_rise(times: Millis) -> Mask:
    """Which rows belong to the longest strictly rising run of stamps?"""
    if (np.diff(times) > 0).all():
        return np.ones(len(times), dtype=np.bool_)
    tails: list[int] = []
    tail_rows: list[int] = []
    before: list[int] = []
    for row, time in enumerate(times.tolist()):
        place = bisect_left(tails, time)
        before.append(tail_rows[place - 1] if place else -1)
        tails[place : place + 1] = [time]
        tail_rows[place : place + 1] = [row]
    return _walk_back(tail_rows[-1], before)


def _walk_back(row: int, before: list[int]) -> Mask:
    chosen = np.zeros(len(before), dtype=np.bool_)
    while row >= 0:
        chosen[row] = True
        row = before[row]
    return chosen


def _is_unreadable(values: Floats) -> Mask:
    return np.isnan(values[:, 0])


def _is_not_finite(values: Floats) -> Mask:
    return _in_any_column(~np.isfinite(values))


def _has_no_time(values: Floats) -> Mask:
    times = values[:, 0]
    milliseconds = np.where(times >= MICROSECONDS_FROM, times // 1000, times)
    is_out = (milliseconds < FIRST_MILLISECOND) | (milliseconds >= LAST_MILLISECOND)
    return np.asarray(is_out | (times != np.floor(times)))


def _has_no_price(values: Floats) -> Mask:
    return _in_any_column(values[:, 1:5] <= 0)


def _has_low_high(values: Floats) -> Mask:
    return np.less(values[:, 2], np.maximum(values[:, 1], values[:, 4]))


def _has_high_low(values: Floats) -> Mask:
    return np.greater(values[:, 3], np.minimum(values[:, 1], values[:, 4]))


def _has_negative_volume(values: Floats) -> Mask:
    return _in_any_column(values[:, 5:] < 0)


def _has_wild_rate(values: Floats) -> Mask:
    return np.abs(values[:, 1]) >= 1


def _in_any_column(cells: Mask) -> Mask:
    return np.asarray(cells.any(axis=1), dtype=np.bool_)


Check = tuple[Flaw, Callable[[Floats], Mask]]

ALWAYS: tuple[Check, ...] = (
    (Flaw.UNREADABLE, _is_unreadable),
    (Flaw.NOT_FINITE, _is_not_finite),
    (Flaw.TIME, _has_no_time),
)
CANDLES: tuple[Check, ...] = (
    (Flaw.PRICE, _has_no_price),
    (Flaw.HIGH, _has_low_high),
    (Flaw.LOW, _has_high_low),
    (Flaw.VOLUME, _has_negative_volume),
)
FUNDING: tuple[Check, ...] = ((Flaw.RATE, _has_wild_rate),)
