"""Symbols that are looked at side by side are told as each of them alone."""

from dataclasses import replace

import numpy as np
import pytest

from core.domain.market import CandleFrame, Timeframe
from core.prompt import glances
from core.prompt.glances import Glances
from tests.core.prompt import alone
from tests.core.prompt.sights import SYMBOLS, snapshot, waves

ODD = ("short", "hole", "flat", "quiet", "cheap", "calm", "empty", "sound")


def market(seed):
    """Symbols of every kind, each with its own oddities."""
    dice = np.random.default_rng(seed)
    seen = [snapshot(symbol, place + 10 * seed) for place, symbol in enumerate(SYMBOLS)]
    return [
        replace(
            one,
            frame=odd(one.frame, dice),
            longer={t: odd(frame, dice) for t, frame in one.longer.items() if dice.random() < 0.9},
        )
        for one in seen
    ]


def odd(frame, dice):
    kind = ODD[dice.integers(len(ODD))]
    if kind in {"short", "empty"}:
        return frame.rows(len(frame) - int(dice.integers(1, 330)) * (kind == "short"), len(frame))
    columns = [column.copy() for column in frame.columns]
    recent = slice(-int(dice.integers(1, 40)), None)
    if kind == "hole":
        columns[dice.integers(1, 6)][dice.integers(len(frame))] = dice.choice([np.nan, np.inf, 0])
    elif kind == "flat":
        for column in columns[1:5]:
            column[recent] = column[-1]
    elif kind == "quiet":
        columns[5][recent] = 0
    elif kind in {"cheap", "calm"}:
        for column in columns[1:5]:
            column[:] = column * 1e-9 if kind == "cheap" else 50_000 + column * 1e-3
    return CandleFrame(frame.timeframe, *columns)


@pytest.mark.parametrize("seed", range(8))
def test_many_symbols_are_told_as_each_of_them_alone(seed):
    seen = market(seed)
    for one, glance in zip(seen, Glances().of(seen), strict=True):
        longer = sorted(one.longer.values(), key=lambda frame: frame.timeframe.milliseconds)
        assert glance.features == alone.features(one.frame, *longer)
        assert [table.lines for table in glance.tables] == alone.tables(one.frame, *longer)


def test_a_longer_frame_in_which_nothing_closed_is_not_worked_out_again(monkeypatch):
    looked = []
    work_out = glances.glances_at

    def counted(frames, way):
        looked.append((way, len(frames)))
        return work_out(frames, way)

    monkeypatch.setattr(glances, "glances_at", counted)
    memory, before = Glances(), [snapshot(symbol, 1) for symbol in SYMBOLS[:3]]
    after = [replace(one, frame=waves(9, Timeframe.H1)) for one in before]
    first, second = memory.of(before), memory.of(after)

    assert looked == [(glances.DECIDING, 3), (glances.LONGER, 2), (glances.DECIDING, 3)]
    assert [one.tables[1:] for one in first] == [one.tables[1:] for one in second]
    assert memory.of(after) == second
    assert len(looked) == 3


def test_a_candle_that_was_corrected_is_looked_at_anew():
    memory, seen = Glances(), snapshot()
    close = seen.longer[Timeframe.D1].close.copy()
    close[-1] *= 1.01
    corrected = replace(seen.longer[Timeframe.D1], close=close)
    after = replace(seen, longer={**seen.longer, Timeframe.D1: corrected})
    (first,), (second,) = memory.of([seen]), memory.of([after])
    assert first.features["ret_14_long"] != second.features["ret_14_long"]


def test_what_was_looked_at_long_ago_is_forgotten(monkeypatch):
    monkeypatch.setattr(glances, "MOST", 2)
    memory = Glances()
    for symbol in SYMBOLS[:4]:
        memory.of([snapshot(symbol)])
    assert len(memory.snapshots.values) == 2
    assert memory.of([snapshot(symbol) for symbol in SYMBOLS[:4]])[3].tables
