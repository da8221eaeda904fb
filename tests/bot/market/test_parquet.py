"""Parquet tells the same market as text does, and its bad rows are refused alike."""

import sys

import numpy as np
import pytest

from bot.errors import Stop
from bot.market.files import read
from bot.market.report import CandleFileError
from core.domain.history import Kind
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, FIRST, HEADER, HOUR, rows

duckdb = pytest.importorskip("duckdb", reason="the research extra is not installed")
MOMENTS = ("BIGINT", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE")
PRICES = "100.0 AS open, 102.0 AS high, 98.0 AS low, 101.0 AS close"


@pytest.fixture
def write(tmp_path):
    def write(query, name="BTCUSDT_1h.parquet"):
        path = tmp_path / name
        with duckdb.connect() as database:
            database.execute("SET TimeZone = 'Asia/Seoul'")
            database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path

    return write


def hours(count, kind="BIGINT", name="ts"):
    time = f"{FIRST} + range * {HOUR}"
    if kind != "BIGINT":
        moment = f"make_timestamp(({time}) * 1000)"
        if kind == "TIMESTAMP WITH TIME ZONE":
            moment = f"timezone('UTC', {moment})"
        time = f"CAST({moment} AS {kind})"
    return f"SELECT {time} AS {name}, {PRICES}, 7.5 AS volume FROM range({count})"


@pytest.mark.parametrize("kind", MOMENTS)
def test_times_are_read_whatever_their_type(write, kind):
    recording = read([write(hours(5, kind))])

    candles = recording.candles[BTC][Timeframe.H1]
    assert candles.time.tolist() == [FIRST + hour * HOUR for hour in range(5)]
    assert candles.volume.tolist() == [7.5] * 5
    assert recording.report.is_clean


def test_parquet_and_text_make_one_series(write, tmp_path):
    text = tmp_path / "BTCUSDT_1h.csv"
    text.write_text("\n".join([HEADER, *rows(6, first=5)]))

    candles = read([write(hours(5)), text]).candles[BTC][Timeframe.H1]

    assert len(candles) == 11
    assert np.diff(candles.time).tolist() == [HOUR] * 10


def test_a_folder_is_searched_for_parquet_too(write, tmp_path):
    write(hours(5))
    assert len(read([tmp_path]).candles[BTC][Timeframe.H1]) == 5


def test_marks_and_funding_are_known_by_their_columns(write):
    marks = write(
        f"SELECT {FIRST} + range * {HOUR} AS ts, {PRICES} FROM range(5)", "BTCUSDT_m.parquet"
    )
    rates = write(
        f"SELECT {FIRST} + 7 + range * 8 * {HOUR} AS funding_time, 0.0001 AS funding_rate"
        " FROM range(5)",
        "BTCUSDT_f.parquet",
    )

    recording = read([marks, rates])

    assert {file.kind for file in recording.report.files} == {Kind.MARKS, Kind.FUNDING}
    assert len(recording.marks[BTC][Timeframe.H1]) == 5
    assert recording.funding[BTC].time[0] == FIRST


def test_bad_rows_are_left_out_and_named(write):
    bad = f"SELECT {FIRST} + 5 * {HOUR}, 100, 90, 98, 101, 1"
    empty = f"SELECT {FIRST} + 6 * {HOUR}, NULL, 102, 98, 101, 1"

    report = read([write(f"{hours(5)} UNION ALL {bad} UNION ALL {empty}")]).report

    assert report.refused == 2
    assert [str(refused).partition(":")[0] for refused in report.files[0].refused] == [
        "1 row refused for NaN or infinity",
        "1 row refused for a high below open or close",
    ]
    assert report.files[0].refused[1].examples[0].line == 6


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("SELECT 1 AS a", "BTCUSDT.parquet", "its columns are no known format: 'a'"),
        (hours(0), "BTCUSDT_1h.parquet", "there is nothing"),
        (hours(5), "candles.parquet", "the name holds no symbol"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(write, query, name, said):
    with pytest.raises(CandleFileError, match=said):
        read([write(query, name)])


def test_a_cut_file_is_one_sentence(write):
    path = write(hours(5_000))
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(CandleFileError, match="it cannot be read: "):
        read([path])


def test_without_duckdb_it_is_said_how_to_install_it(write, monkeypatch):
    path = write(hours(5))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Stop, match="Parquet needs DuckDB: uv sync --extra research"):
        read([path])
