"""A history cut to a stretch is as good as the whole, and holds nothing of its future."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from core.backtest.cutting import WARM_UP, cut
from core.backtest.replay import replay
from core.domain.market import to_millis
from core.domain.trading import Side
from core.rules.rule import ForecastColumns
from tests.core.backtest.markets import HOUR, START, SYMBOLS, histories, scenario

WHOLE = histories()
MIDDLE = START + timedelta(days=40), START + timedelta(days=80)


def test_a_replay_makes_the_same_of_it():
    asked = replace(scenario(), start=MIDDLE[0], end=MIDDLE[1])
    whole = replay(WHOLE, asked)
    pieces = replay({symbol: cut(WHOLE[symbol], *MIDDLE) for symbol in SYMBOLS}, asked)
    assert len(whole.trades) > 10
    assert pieces.trades == whole.trades
    assert pieces.curve.equity.tolist() == whole.curve.equity.tolist()
    assert (pieces.edges, pieces.refusals) == (whole.edges, whole.refusals)


def test_it_ends_with_the_candle_that_opens_at_the_end():
    kept = cut(WHOLE[SYMBOLS[0]], *MIDDLE)
    for frame in (kept.frame, kept.tape):
        assert frame.time[-1] == to_millis(MIDDLE[1])
        assert frame.time[0] == to_millis(MIDDLE[0]) - WARM_UP * HOUR
    assert kept.funding.time[-1] == to_millis(MIDDLE[1])
    assert (kept.funding.time < kept.frame.time[0]).sum() >= 1


def test_what_is_short_already_stays():
    short = histories(days=10, before=50)[SYMBOLS[0]]
    kept = cut(short, START, START + timedelta(days=10))
    assert len(kept.frame) == len(short.frame)
    assert len(kept.funding.time) == len(short.funding.time)


def test_marks_and_voices_are_cut_alike():
    whole = WHOLE[SYMBOLS[0]]
    rows = np.arange(len(whole.frame), dtype=np.float64)
    voice = ForecastColumns(rows.astype(np.int8), rows, {Side.BUY: rows, Side.SELL: rows}, rows)
    kept = cut(replace(whole, mark=whole.tape, voices={"model": voice}), *MIDDLE)
    said = kept.voices["model"]
    first = int(np.searchsorted(whole.frame.time, kept.frame.time[0]))
    for column in (said.p_up, said.effective_n, said.p_target_first[Side.BUY]):
        assert column.tolist() == rows[first : first + len(kept.frame)].tolist()
    assert kept.mark.time.tolist() == kept.tape.time.tolist()
