"""The real record reads without a complaint, except where it is known to have holes."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.market.clock import SteppedClock
from bot.market.files import read
from bot.market.market import RecordedMarket
from bot.market.shelf import resample
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC

MARKET = Path(__file__).parents[4] / "shared" / "market"
FILES = sorted(MARKET.rglob("*.csv*")) if MARKET.exists() else []
HOLES = {"UNITTEST_BTC_1m_538gaps.csv.gz": 538, "XRPETH_spot_1m_676gaps.csv.gz": 676}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FILES, reason="no recorded market beside the checkout"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_reads_clean_but_for_its_known_holes(path):
    report = read([path]).report
    assert report.refused == 0
    assert len(report.gaps) == HOLES.get(path.name, 0)
    assert len(report.lines()) <= 10
    assert report.series[0].rows > 60


def test_six_years_of_hours_load_within_a_second():
    began = time.perf_counter()
    recording = read([MARKET / "1h" / "BTCUSDT_1h.csv.gz"])
    assert time.perf_counter() - began < 1
    assert len(recording.candles[BTC][Timeframe.H1]) == 58_623


def test_the_minutes_of_the_cascade_make_up_the_hour_of_another_record():
    minutes = read([MARKET / "1m" / "BTCUSDT_1m_2025-10-10_cascade_2059-2200.csv"])
    hours = read([MARKET / "1h" / "BTCUSDT_1h.csv.gz"]).candles[BTC][Timeframe.H1]
    made = resample(minutes.candles[BTC][Timeframe.M1], Timeframe.H1)
    recorded = hours.candle(hours.closed_by(datetime(2025, 10, 10, 22, tzinfo=UTC)) - 1)

    assert len(made) == 1
    candle = made.candle(0)
    assert (candle.open, candle.high) == (recorded.open, recorded.high)
    assert (candle.low, candle.close) == (recorded.low, recorded.close)
    assert made.volume[0] == pytest.approx(131_850.219)


async def test_the_mark_of_a_cascade_did_not_follow_the_last_price():
    recording = read([MARKET / "1h" / "BTCUSDT_1h.csv.gz", MARKET / "mark_1h", MARKET / "funding"])
    clock = SteppedClock(datetime(2021, 12, 4, 8, tzinfo=UTC))
    market = RecordedMarket(recording, clock)
    bars = await market.bars(BTC, datetime(2021, 12, 4, 5, tzinfo=UTC), clock.now())

    assert bars[0].candle.low == Decimal("40888.89")
    assert bars[0].mark.low > 43_403
    assert [stamp.time for stamp in bars[-1].funding] == [clock.now()]


async def test_a_quarter_hour_record_answers_for_four_hours():
    path = MARKET / "15m" / "BTCUSDT_15m_2023-2025.csv.gz"
    clock = SteppedClock(datetime(2025, 10, 10, 21, 7, tzinfo=UTC))
    market = RecordedMarket(read([path]), clock)
    (snapshot,) = await market.snapshots([BTC], Timeframe.H4)
    assert len(snapshot.frame) == 3_000
    assert snapshot.frame.candle(2_999).open_time == datetime(2025, 10, 10, 16, tzinfo=UTC)
    assert (await market.quote(BTC)).last == Decimal("114200.4")
