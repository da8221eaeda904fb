"""Parts of one record, in any order and overlapping, are the one record."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.merge import merge
from bot.market.table import load
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, ETH, rows, source

WHOLE = rows(60)
PART = st.tuples(st.integers(0, 55), st.integers(5, 30))


@settings(max_examples=50, deadline=None)
@given(st.lists(PART, max_size=6), st.randoms(use_true_random=False))
def test_shuffled_parts_make_the_same_frame(parts, random):
    cuts = [WHOLE[:20], WHOLE[20:41], WHOLE[41:], *(WHOLE[at : at + size] for at, size in parts)]
    tables = [load(source(lines, f"BTCUSDT_1h_{n}.csv")) for n, lines in enumerate(cuts)]
    random.shuffle(tables)

    merged = merge(tables)
    whole = merge([load(source(WHOLE))]).candles[BTC][Timeframe.H1]

    frame = merged.candles[BTC][Timeframe.H1]
    for name in ("time", "open", "high", "low", "close", "volume"):
        assert np.array_equal(getattr(frame, name), getattr(whole, name))
    assert merged.report.is_clean


def test_symbols_and_timeframes_stay_apart():
    quarters = [f"{1_704_067_200_000 + n * 900_000},5,6,4,5,1" for n in range(8)]
    merged = merge(
        [
            load(source(rows(4))),
            load(source(rows(6), "ETHUSDT_1h.csv")),
            load(source(quarters, "BTCUSDT_15m.csv")),
        ]
    )
    assert merged.symbols == (BTC, ETH)
    assert {key: len(frame) for key, frame in merged.candles[BTC].items()} == {"1h": 4, "15m": 8}
    assert len(merged.candles[ETH][Timeframe.H1]) == 6
