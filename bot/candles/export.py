"""Series as files: Parquet for research, CSV as `--candles` reads it; the suffix says which."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from bot.candles.taking_in import Rows
from bot.candles.writing import write_whole
from bot.errors import Stop
from bot.market.duck import duckdb
from core.domain.history import FundingHistory, Kind, Series
from core.domain.market import Floats, Millis

Columns = Mapping[str, Millis | Floats]
PIECE = 20_000
PACKED = 6  # the usual 9 takes twice as long for less than a hundredth


@dataclass(frozen=True, slots=True)
class Format:
    suffix: str
    write: Callable[[Path, Columns], None]


def export(path: Path, one: Series, rows: Rows) -> None:
    """Raises Stop for a suffix nobody knows, without DuckDB, or for a disk that is full."""
    chosen = format_of(path.name)
    if chosen is None:
        raise Stop(f"{path}: the suffix must be one of {', '.join(FORMATS)}")
    columns = _columns(one, rows)
    write_whole(path, lambda beside: chosen.write(beside, columns))


def format_of(name: str) -> Format | None:
    return next((one for suffix, one in FORMATS.items() if name.lower().endswith(suffix)), None)


def file_name(one: Series, suffix: str) -> str:
    """As names are read again: `BTCUSDT_1h.csv.gz`, `BTCUSDT_mark_1h`, `BTCUSDT_funding`."""
    symbol = one.symbol.partition(":")[0].replace("/", "")
    kind = {Kind.CANDLES: "", Kind.MARKS: "mark", Kind.FUNDING: "funding"}[one.kind]
    return "_".join(filter(None, (symbol, kind, one.timeframe))) + suffix


def _columns(one: Series, rows: Rows) -> Columns:
    if isinstance(rows, FundingHistory):
        return {"funding_time": rows.time, "funding_rate": rows.rate}
    names = ("open", "high", "low", "close", *(("volume",) if one.kind is Kind.CANDLES else ()))
    return {"ts": rows.time, **{name: getattr(rows, name) for name in names}}


def _parquet(path: Path, columns: Columns) -> None:
    duck = duckdb()
    table = {name: np.array(column) for name, column in columns.items()}
    try:
        with duck.connect() as database:
            database.register("columns", table)
            quoted = str(path).replace("'", "''")
            database.execute(
                f"COPY (FROM columns) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)"
            )
    except duck.Error as error:
        raise OSError(str(error).splitlines()[0]) from error


def _csv(path: Path, columns: Columns) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_lines(columns))


def _csv_gz(path: Path, columns: Columns) -> None:
    with gzip.open(path, "wt", compresslevel=PACKED, encoding="utf-8", newline="") as file:
        file.writelines(_lines(columns))


def _lines(columns: Columns) -> Iterator[str]:
    """Many lines at a time: a call for each would take longer than the disk."""
    yield ",".join(columns) + "\n"
    length = len(next(iter(columns.values())))
    for first in range(0, length, PIECE):
        texts = [
            map(_plain, column[first : first + PIECE].tolist()) for column in columns.values()
        ]
        yield "\n".join(map(",".join, zip(*texts, strict=True))) + "\n"


def _plain(number: float) -> str:
    """The shortest digits that read back as the same number, without an exponent."""
    text = repr(number).removesuffix(".0")
    return f"{Decimal(text):f}" if "e" in text else text


FORMATS = {
    one.suffix: one
    for one in (Format(".parquet", _parquet), Format(".csv.gz", _csv_gz), Format(".csv", _csv))
}
