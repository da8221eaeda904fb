"""What is written reads back as the same numbers, or nothing is written at all."""

import resource
import signal
import sys
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.candles.export import _plain, export, file_name
from bot.errors import Stop
from bot.market.files import read
from core.domain.history import Kind, Series
from core.domain.market import CandleFrame, Timeframe
from tests.bot.candles.venue import COLUMNS
from tests.bot.market.tables import BTC, frame, funding, without

H1 = Timeframe.H1
SUFFIXES = (".parquet", ".csv", ".csv.gz")
CANDLES = Series("binance", BTC, Kind.CANDLES, H1)
MARKS = Series("binance", BTC, Kind.MARKS, H1)
RATES = Series("binance", BTC, Kind.FUNDING, None)
TOLD = without(frame([100 + hour / 7 for hour in range(500)]), 40, 41)


@pytest.fixture(autouse=True)
def needs_duckdb():
    pytest.importorskip("duckdb", reason="the research extra is not installed")


@contextmanager
def full_disk(room):
    """The system refuses what goes beyond: a real error from a real write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def same(one, other, names=COLUMNS):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_candles_marks_and_funding_read_back_as_they_were(tmp_path, suffix):
    rates = funding(*((8 * stamp, 0.00001 * stamp) for stamp in range(60)))
    for one, rows in ((CANDLES, TOLD), (MARKS, TOLD), (RATES, rates)):
        export(tmp_path / file_name(one, suffix), one, rows)

    recording = read([tmp_path])

    assert same(recording.candles[BTC][H1], TOLD)
    assert same(recording.marks[BTC][H1], TOLD, COLUMNS[:-1])
    assert same(recording.funding[BTC], rates, ("time", "rate"))
    assert recording.report.refused == 0


def test_names_are_those_of_the_shared_market():
    assert [file_name(one, ".csv.gz") for one in (CANDLES, MARKS, RATES)] == [
        "BTCUSDT_1h.csv.gz",
        "BTCUSDT_mark_1h.csv.gz",
        "BTCUSDT_funding.csv.gz",
    ]


@given(st.floats(min_value=1e-12, max_value=1e15))
def test_a_number_is_written_without_an_exponent_and_reads_back(number):
    assert "e" not in _plain(number)
    assert float(_plain(number)) == number


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_leaves_what_was_there_and_says_so(tmp_path, suffix):
    dice = np.random.default_rng(1)
    times = np.arange(100_000, dtype=np.int64) * 3_600_000 + 1_500_000_000_000
    much = CandleFrame(H1, times, *(dice.random(100_000) for _ in range(5)))
    path = tmp_path / f"BTCUSDT_1h{suffix}"
    export(path, CANDLES, TOLD)

    with full_disk(100_000), pytest.raises(Stop, match=f"cannot write {path}: .*[Tt]oo large"):
        export(path, CANDLES, much)

    assert list(tmp_path.iterdir()) == [path]
    assert same(read([path]).candles[BTC][H1], TOLD)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop, match="cannot write"):
        export(tmp_path / "file" / "BTCUSDT_1h.csv", CANDLES, TOLD)


def test_an_unknown_suffix_is_told_with_the_known_ones(tmp_path):
    with pytest.raises(Stop, match=r"the suffix must be one of \.parquet, \.csv\.gz, \.csv"):
        export(tmp_path / "BTCUSDT_1h.feather", CANDLES, TOLD)


def test_without_duckdb_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Stop, match="uv sync --extra research"):
        export(tmp_path / "BTCUSDT_1h.parquet", CANDLES, TOLD)
    assert list(tmp_path.iterdir()) == []
