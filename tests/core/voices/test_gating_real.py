"""What the gate spares on hours that really were."""

import gzip
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from core.domain.market import CandleFrame, Origin, Timeframe, from_millis
from core.domain.snapshot import MarketSnapshot
from core.voices.gating import asked_now, is_due
from tests.builders import instrument
from tests.core.voices.markets import asked

REAL = Path(__file__).parents[4] / "shared" / "market" / "1h"
HOURS, WARM = 700, 100
HOUR = timedelta(hours=1)


def record(coin):
    with gzip.open(REAL / f"{coin}USDT_1h.csv.gz", "rt") as file:
        table = np.loadtxt(file, delimiter=",", skiprows=1)
    time, *columns = table.T
    return CandleFrame(Timeframe.H1, time.astype(np.int64), *map(np.ascontiguousarray, columns))


def share_asked(frames, end):
    last, times = {}, 0
    for hour in range(HOURS):
        now = end - (HOURS - hour) * HOUR
        snapshots = []
        for coin, frame in frames.items():
            row = frame.closed_by(now)
            seen = frame.rows(row - WARM, row)
            snapshots.append(
                MarketSnapshot(instrument(symbol=f"{coin}/USDT:USDT"), now, seen, Origin.RECORDED)
            )
        questions = asked(*snapshots)
        if is_due(snapshots, questions, last):
            times += 1
            last = {s.symbol: asked_now(s, q) for s, q in zip(snapshots, questions, strict=True)}
    return times / HOURS


@pytest.mark.real
def test_half_of_the_hours_of_five_coins_are_quiet_and_most_of_one():
    if not REAL.is_dir():
        pytest.skip("there is no recorded market beside the checkout")
    frames = {coin: record(coin) for coin in ("BTC", "ETH", "XRP", "SOL", "DOGE")}
    end = min(from_millis(int(frame.time[-1])) for frame in frames.values())
    assert 0.35 < share_asked(frames, end) < 0.60
    assert 0.20 < share_asked({"BTC": frames["BTC"]}, end) < 0.45
