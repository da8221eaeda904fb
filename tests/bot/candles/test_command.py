"""The four commands as people type them: what they print, keep, write and answer."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.backtest.options import read_backtest
from bot.backtest.stretch import stretch
from bot.candles.command import main
from bot.errors import Stop, WrongQuestion
from bot.exchanges.sources import OPENERS
from bot.market.files import read
from core.domain.market import Timeframe
from tests.bot.candles.venue import FakeVenue
from tests.bot.market.tables import BTC, ETH, HEADER, HOUR, at, frame, row, rows

ROOT = Path(__file__).parents[3]
H1 = Timeframe.H1
PERIOD = ("--from", "2024-01-01", "--to", "2024-01-31")
WHOLE = frame([100.0 + hour % 9 for hour in range(31 * 24)])
CHILD = """
import asyncio, sys
from bot.candles.command import main
from bot.exchanges.sources import OPENERS
from core.domain.market import Timeframe
from tests.bot.candles.venue import FakeVenue
from tests.bot.market.tables import BTC, frame

whole = frame([100.0 + minute % 9 for minute in range(20_000)], Timeframe.M1)
venue = FakeVenue({(BTC, Timeframe.M1): whole})
told = venue.candles

async def slow(*asked):
    await asyncio.sleep(float(sys.argv[2]))
    return await told(*asked)

venue.candles = slow
OPENERS["binance"] = lambda: venue
main(["fetch", "--symbols", "BTC", "--timeframes", "1m", "--kinds", "candles",
      "--from", "2024-01-01", "--to", "2024-01-10", "--data", sys.argv[1]])
"""


@pytest.fixture
def binance(monkeypatch):
    venue = FakeVenue({(BTC, H1): WHOLE, (ETH, H1): WHOLE})
    monkeypatch.setitem(OPENERS, "binance", lambda: venue)
    return venue


@pytest.fixture
def candles(tmp_path, capsys):
    """Types `candles …` for a desk of its own; the exit code and what was printed."""

    def candles(*words, code=0):
        place = ("--data", str(tmp_path / "data"))
        assert main([*map(str, words), *place]) == code
        return capsys.readouterr().out

    return candles


@pytest.fixture
def write(tmp_path):
    def write(name, *lines):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *lines, ""]))
        return path

    return write


def test_what_is_fetched_can_be_backtested(candles, binance, tmp_path):
    assert candles("fetch", "--symbols", "BTC,ETH", *PERIOD).endswith(
        "1,488 new rows of binance\n"
    )
    assert candles("fetch", "--symbols", "BTC,ETH", *PERIOD) == "0 new rows of binance\n"

    asked = read_backtest(["--candles", str(tmp_path / "data" / "desk.sqlite3"), "--days", "20"])
    market = stretch(asked)

    assert market.symbols == (BTC, ETH)
    assert market.source == "desk.sqlite3"
    assert len(market.histories[BTC].frame) == 31 * 24


def test_a_venue_nobody_knows_is_told(candles):
    with pytest.raises(Stop, match="mtgox: no venue of this name"):
        candles("fetch", "--venue", "mtgox")


def test_days_that_have_not_come_are_told(candles, binance):
    with pytest.raises(WrongQuestion, match="--from 2199-01-01 has not come yet"):
        candles("fetch", "--from", "2199-01-01")
    with pytest.raises(WrongQuestion, match="comes after --to"):
        candles("fetch", "--from", "2024-02-01", "--to", "2024-01-01")


def test_files_are_taken_in_once(candles, write):
    path = write("BTCUSDT_1h.csv", *rows(30))
    assert candles("import", path) == (
        f"binance {BTC} 1h candles: 30 new\n30 new rows of binance\n"
    )
    write("BTCUSDT_1h.csv", *rows(31))
    assert f"{BTC} 1h candles: 1 new, 30 were there" in candles("import", path)


def test_a_candle_that_is_not_over_is_not_taken_in(candles, write):
    path = write("BTCUSDT_1h.csv", *rows(30), row(24 * 365 * 60))
    assert f"{BTC} 1h candles: 30 new, 1 not over yet" in candles("import", path)


def test_bad_rows_of_imported_files_are_told_and_left_out(candles, write, capsys):
    path = write("BTCUSDT_1h.csv", *rows(30), "x,1,2,3,4,5")
    assert main(["import", str(path), "--data", str(path.parent / "data")]) == 0
    told = capsys.readouterr()
    assert "line 32 'x,1,2,3,4,5'" in told.err
    assert "30 new rows" in told.out


def test_everything_is_written_into_a_folder_and_reads_back(candles, binance, tmp_path):
    candles("fetch", "--symbols", "BTC,ETH", *PERIOD)
    told = candles("export", tmp_path / "out", "--as", "csv.gz")
    assert told.splitlines() == [
        f"{tmp_path}/out/{name}USDT_1h.csv.gz: 744 rows" for name in ("BTC", "ETH")
    ]
    assert np.array_equal(read([tmp_path / "out"]).candles[BTC][H1].close, WHOLE.close)


def test_one_file_holds_one_series_of_the_days_that_are_asked_for(candles, binance, tmp_path):
    candles("fetch", "--symbols", "BTC,ETH", *PERIOD)
    path = tmp_path / "btc.csv"
    with pytest.raises(Stop, match="one file holds one series; say which, or name a folder"):
        candles("export", path)

    candles("export", path, "--symbols", "BTC", "--from", "2024-01-05", "--days", "2")
    assert path.read_text().splitlines()[1].startswith(row(96).partition(",")[0])
    assert len(path.read_text().splitlines()) == 49
    candles("export", path, "--symbols", "BTC", "--days", "1")
    assert len(path.read_text().splitlines()) == 25
    with pytest.raises(Stop, match="nothing of what was asked for is kept"):
        candles("export", path, "--kinds", "funding")


def test_files_are_turned_into_others_without_a_store(candles, write, tmp_path):
    path = write("BTCUSDT_1h.csv", *rows(30))
    candles("export", tmp_path / "BTCUSDT_1h.csv.gz", "--candles", path)
    assert len(read([tmp_path / "BTCUSDT_1h.csv.gz"]).candles[BTC][H1]) == 30
    assert not (tmp_path / "data").exists()


EN = ("--language", "en")


def test_a_check_of_good_files_is_answered_with_nothing(candles, write):
    path = write("BTCUSDT_1h.csv", *rows(200))
    assert candles("check", path, *EN).splitlines() == [
        f"{BTC} 1h candles: ok",
        "  2024-01-01 00:00 – 2024-01-09 07:00 UTC, rows: 200",
        "  no gaps",
    ]


HOLES = [*rows(50), *rows(140, first=60)]
BAD = [*HOLES, HOLES[3], "x,1,2,3,4,5"]


def test_a_check_of_bad_files_says_where_and_answers_with_a_number(candles, write):
    assert candles("check", write("BTCUSDT_1h.csv", *BAD), *EN, code=3).splitlines() == [
        f"{BTC} 1h candles: broken (much is missing; many rows cannot be true)",
        "  2024-01-01 00:00 – 2024-01-09 07:00 UTC, rows: 190",
        "  gaps: 1, missing: 10; the longest: 10 from 2024-01-03 02:00 to 2024-01-03 12:00",
        "  rows that are repeated, and left out: 1",
        "  rows that cannot be true, and are left out: 1",
    ]


def test_a_check_speaks_korean_unless_told_otherwise(candles, write):
    assert candles("check", write("BTCUSDT_1h.csv", *BAD), code=3).splitlines() == [
        f"{BTC} 1h 캔들: broken (많이 빠져 있습니다; 사실일 수 없는 줄이 많습니다)",
        "  2024-01-01 00:00 – 2024-01-09 07:00 UTC, 190줄",
        "  빈 곳 1군데, 빠진 것 10개. 가장 긴 곳: 2024-01-03 02:00부터 2024-01-03 12:00까지 10개",
        "  되풀이되어 뺀 줄: 1개",
        "  사실일 수 없어 뺀 줄: 1개",
    ]


def test_a_store_that_nobody_feeds_is_stale(candles, binance):
    candles("fetch", "--symbols", "BTC", *PERIOD)
    assert "stale (it ends too long ago)" in candles("check", *EN, code=1)
    assert ": ok" in candles("check", "--max-age", "36500d", "--venue", "Binance")


def test_programs_read_the_check_as_json(candles, write):
    told = json.loads(candles("check", write("BTCUSDT_1h.csv", *rows(200)), "--json"))
    assert [(one["symbol"], one["grade"], one["missing"]) for one in told] == [(BTC, "ok", 0)]
    assert told[0]["first"] == at(0).isoformat()


def test_two_venues_of_a_store_are_held_against_each_other(candles, write):
    candles("import", write("BTCUSDT_1h.csv", *rows(100)), "--venue", "binance")
    other = [row(hour, 100.0 + hour * (1.05 if hour == 50 else 1)) for hour in range(100)]
    candles("import", write("BTCUSDT_1h.csv", *other), "--venue", "bybit")

    told = candles("check", "--max-age", "36500d", *EN).splitlines()

    assert told[0] == f"binance {BTC} 1h candles: ok"
    assert told[3] == "  within 0.1% of bybit: 99.00% of 100 candles"
    assert told[4] == "    furthest: -1.63% at 2024-01-03 02:00"
    assert f"bybit {BTC} 1h candles: ok" in told


def test_a_check_of_nothing_is_told(candles, tmp_path):
    with pytest.raises(Stop, match="there is no candle store at"):
        candles("check")


def test_a_fetch_that_is_killed_keeps_whole_pages_and_goes_on(tmp_path):
    command = [sys.executable, "-c", CHILD, str(tmp_path)]
    child = subprocess.Popen([*command, "0.02"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    for _ in range(5):
        child.stderr.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()

    kept = read([tmp_path / "desk.sqlite3"]).candles[BTC][Timeframe.M1]
    assert len(kept) >= 5_000
    assert len(kept) % 1_000 == 0
    assert (np.diff(kept.time) == HOUR // 60).all()

    subprocess.run([*command, "0"], cwd=ROOT, check=True, capture_output=True)
    assert len(read([tmp_path / "desk.sqlite3"]).candles[BTC][Timeframe.M1]) == 14_400
