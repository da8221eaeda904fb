"""Candles cut into blocks and put together again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.blocks import ROWS, cut, joined
from core.domain.market import CandleFrame, Timeframe

STEP = Timeframe.M5.milliseconds


def candles(first: int, rows: int, holes: frozenset[int] = frozenset()) -> CandleFrame:
    places = np.array([n for n in range(first, first + rows) if n not in holes], np.int64)
    cells = np.array([[p + c / 10 for c in range(5)] for p in places]).reshape(-1, 5)
    return CandleFrame(Timeframe.M5, places * STEP, *(np.ascontiguousarray(c) for c in cells.T))


def same(one: CandleFrame, other: CandleFrame) -> bool:
    return all(
        np.array_equal(a, b) and a.dtype == b.dtype
        for a, b in zip(one.columns, other.columns, strict=True)
    )


@given(st.integers(0, 1000), st.integers(0, 900), st.frozensets(st.integers(0, 1500), max_size=40))
def test_whatever_is_cut_comes_back_equal(first, rows, holes):
    whole = candles(first, rows, holes)
    assert same(joined(whole.timeframe, [block.packed for block in cut(whole)]), whole)


def test_pictures_an_hour_apart_share_all_blocks_but_the_first_and_the_last():
    earlier, later = candles(100, 5 * ROWS), candles(112, 5 * ROWS)
    shared = {b.digest for b in cut(earlier)} & {b.digest for b in cut(later)}
    assert len(list(cut(earlier))) == 6
    assert len(shared) == 4


def test_no_candles_are_no_blocks():
    assert list(cut(candles(0, 0))) == []
    assert len(joined(Timeframe.M5, [])) == 0
