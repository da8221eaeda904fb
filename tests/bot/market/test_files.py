"""Files of every packing and format become one recording, or one clear sentence."""

import gzip
import io
import zipfile
from decimal import Decimal

import pytest

from bot.market.files import read
from bot.market.report import CandleFileError
from core.domain.market import Origin, Timeframe
from tests.bot.market.tables import BTC, FIRST, HEADER, HOUR, at, row, rows

KLINES = (
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
    "taker_buy_volume,taker_buy_quote_volume,ignore"
)


def text(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


def kline(line: str, factor: int = 1) -> str:
    time, rest = line.split(",", 1)
    return f"{int(time) * factor},{rest},{(int(time) + HOUR - 1) * factor},1.0,5,0.5,0.5,0"


def zipped(**members: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return body.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(name, body):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        return path

    return write


CANDLES = text(HEADER, *rows(5))
DUMP = text(KLINES, *map(kline, rows(5)))
MICROSECONDS = text(*(kline(line, 1000) for line in rows(5)))
WINDOWS = b"\xef\xbb\xbf" + CANDLES.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("BTCUSDT_1h.csv", CANDLES),
        ("BTCUSDT_1h.csv", WINDOWS),
        ("BTCUSDT_1h.csv", CANDLES.replace(b"ts", b"open_time")),
        ("BTCUSDT_1h.csv.gz", gzip.compress(CANDLES)),
        ("BTCUSDT_1h.csv", gzip.compress(CANDLES)),
        ("BTCUSDT-1h-2024-01.csv", DUMP),
        ("BTCUSDT-1h-2024-01.csv", text(*map(kline, rows(5)))),
        ("BTCUSDT-1h-2025-01.csv", MICROSECONDS),
        ("BTCUSDT-1h-2024-01.zip", zipped(klines=DUMP)),
        ("everything.zip", zipped(BTCUSDT=MICROSECONDS)),
    ],
)
def test_candles_are_recognised_by_what_they_hold(write, name, body):
    recording = read([write(name, body)])

    frame = recording.candles[BTC][Timeframe.H1]
    assert recording.origin is Origin.RECORDED
    assert recording.report.is_clean
    assert frame.time.tolist() == [FIRST + hour * HOUR for hour in range(5)]
    assert frame.candle(1).open == Decimal("101.0")
    assert frame.candle(1).volume == Decimal("7.5")


def test_mark_candles_have_no_volume(write):
    lines = [line.rpartition(",")[0] for line in rows(3)]
    recording = read([write("BTCUSDT_mark_1h.csv", text(HEADER.removesuffix(",volume"), *lines))])
    assert recording.symbols == ()
    assert recording.marks[BTC][Timeframe.H1].candle(2).high == Decimal("104.0")


def test_dumped_mark_candles_are_known_by_their_folder_and_by_nobody_trading_them(write):
    quiet = text(KLINES, *(kline(row(hour, volume=0)) for hour in range(3)))
    marks = write("markPriceKlines/BTCUSDT-1h-2024-01.csv", quiet)
    traded = write("markPriceKlines/ETHUSDT-1h-2024-01.csv", DUMP)
    recording = read([marks, traded])
    assert set(recording.marks) == {BTC}
    assert set(recording.candles) == {"ETH/USDT:USDT"}


@pytest.mark.parametrize(
    "lines",
    [
        ("funding_time,funding_rate", f"{FIRST + 3},0.0001", f"{FIRST + 8 * HOUR},-6.866e-05"),
        (
            "calc_time,funding_interval_hours,last_funding_rate",
            f"{FIRST},8,0.0001",
            f"{FIRST + 8 * HOUR + 999},8,-0.00006866",
        ),
    ],
)
def test_funding_stamps_are_floored_to_their_second(write, lines):
    funding = read([write("BTCUSDT-fundingRate.csv", text(*lines))]).funding[BTC]
    assert [(funding.row(n).time, funding.row(n).rate) for n in range(2)] == [
        (at(0), Decimal("0.0001")),
        (at(8), Decimal("-0.00006866")),
    ]


def test_a_folder_is_read_to_the_bottom_and_each_file_once(write, tmp_path):
    first = write("deep/er/BTCUSDT_1h_a.csv", text(HEADER, *rows(5)))
    write("BTCUSDT_1h_b.csv", text(HEADER, *rows(5, first=4)))
    write("README.md", b"no candles")
    write(".hidden.csv", b"no candles")

    recording = read([tmp_path, first, tmp_path / "deep"])

    assert len(recording.candles[BTC][Timeframe.H1]) == 9
    assert len(recording.report.files) == 2
    assert recording.report.is_clean


def test_what_two_files_tell_differently_is_said(write, tmp_path):
    write("BTCUSDT_1h_a.csv", text(HEADER, *rows(5)))
    write("BTCUSDT_1h_b.csv", text(HEADER, row(4, 999), *rows(2, first=5)))
    recording = read([tmp_path])
    assert recording.candles[BTC][Timeframe.H1].open[4] == 104
    assert recording.report.lines() == [
        "BTC/USDT:USDT 1h candles: 1 row told differently by two files; the first file is believed."
    ]


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("BTCUSDT.csv", b"", "the file is empty"),
        ("BTCUSDT.csv", b"\n \n", "the file is empty"),
        ("BTCUSDT.csv", text(HEADER), "there is nothing below line 1"),
        ("BTCUSDT.csv", text("a,b,c", "1,2,3"), "line 1 is no known format: 'a,b,c'"),
        ("BTCUSDT.csv", text("ts,open,high", "1,2,3"), "line 1 is no known format"),
        ("BTCUSDT.csv", bytes(range(1, 256)), "line 1 is no known format"),
        ("candles.csv", CANDLES, "the name holds no symbol such as BTCUSDT"),
        ("BTCUSDT.csv.gz", gzip.compress(CANDLES)[:-20], "it cannot be read or unpacked"),
        ("BTCUSDT.csv.gz", b"\x1f\x8bnonsense", "it cannot be read or unpacked"),
        ("BTCUSDT.zip", zipped(BTCUSDT=CANDLES)[:-30], "the ZIP cannot be opened"),
        ("BTCUSDT.zip", zipped(), "the ZIP holds no .csv file"),
        (
            "BTCUSDT.csv",
            text(HEADER, "x,1,2,3,4,5"),
            "no row can be used; line 2 'x,1,2,3,4,5' has text that",
        ),
        ("BTCUSDT.csv", text(HEADER, row(0)), "one candle, and no timeframe in the name"),
        ("BTCUSDT.csv", text(HEADER, row(0), row(0.5)), "candles come every 30 minutes"),
        ("BTCUSDT.csv", text(HEADER, *reversed(rows(5))), "from line 3 on the newest rows come"),
    ],
)
def test_an_unusable_file_is_named_with_its_fault(write, name, body, sentence):
    path = write(name, body)
    with pytest.raises(CandleFileError) as error:
        read([path])
    assert str(error.value).startswith(f"{path}: {sentence}")
    assert str(error.value).endswith(".")


def test_a_zip_without_a_table_is_unusable(write):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("notes.txt", "nothing")
    with pytest.raises(CandleFileError, match=r"the ZIP holds no \.csv file"):
        read([write("BTCUSDT.zip", body.getvalue())])


def test_a_missing_path_and_an_empty_folder_are_unusable(tmp_path):
    with pytest.raises(CandleFileError, match="there is no such file or folder"):
        read([tmp_path / "nowhere"])
    with pytest.raises(CandleFileError, match="the folder holds no"):
        read([tmp_path])


def test_the_steps_decide_the_timeframe_and_the_name_only_a_tie(write):
    quarters = text(HEADER, *(row(n / 4) for n in range(4)))
    assert set(read([write("BTCUSDT_1h.csv", quarters)]).candles[BTC]) == {Timeframe.M15}

    tied = text(HEADER, row(0), row(1), row(1.25))
    assert set(read([write("BTCUSDT_a.csv", tied)]).candles[BTC]) == {Timeframe.M15}
    assert set(read([write("BTCUSDT_5m.csv", text(HEADER, row(0)))]).candles[BTC]) == {
        Timeframe.M5
    }

    sparse = text(HEADER, *(row(n / 30) for n in range(5)))
    assert set(read([write("BTCUSDT_1m.csv", sparse)]).candles[BTC]) == {Timeframe.M1}


@pytest.mark.parametrize(
    "place", ["indexPriceKlines/BTCUSDT/1h/BTCUSDT-1h.csv", "BTCUSD_240329.csv"]
)
def test_what_no_perpetual_has_traded_is_refused_in_a_sentence(tmp_path, place):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows(30)]))
    with pytest.raises(CandleFileError, match="leave the file out"):
        read([tmp_path])
