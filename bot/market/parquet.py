"""Candles, marks and funding from a Parquet file, by the names of its columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.market.duck import duckdb
from bot.market.formats import Layout, by_header
from bot.market.report import CandleFileError
from bot.market.sieve import Sieve

MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """One table of numbers; its first column may also be of moments."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.path.name,)

    def rows(self) -> tuple[Layout, Sieve]:
        """Raises Stop without DuckDB, and CandleFileError for a file that is not what it says."""
        duck = duckdb()
        try:
            with duck.connect() as database:
                return self._read(database)
        except duck.Error as error:
            told = str(error).splitlines()[0]
            raise CandleFileError(f"{self.path}: it cannot be read: {told}.") from error

    def _read(self, database: Any) -> tuple[Layout, Sieve]:
        table = database.read_parquet(str(self.path))
        layout = by_header([name.lower() for name in table.columns])
        if layout is None:
            known = ", ".join(table.columns)[:80]
            raise CandleFileError(f"{self.path}: its columns are no known format: {known!r}.")
        names = [table.columns[place] for place in layout.columns]
        kinds = [str(table.types[place]) for place in layout.columns]
        chosen = ", ".join(_numbers(names, kinds))
        found = table.project(chosen).fetchnumpy()
        columns = [np.ma.filled(column.astype(np.float64), np.nan) for column in found.values()]
        return layout, Sieve.of_columns(np.column_stack(columns))


def _numbers(names: list[str], kinds: list[str]) -> Iterator[str]:
    """Each column as floats under a name of its own; moments in milliseconds."""
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        quoted = '"' + name.replace('"', '""') + '"'
        yield f"TRY_CAST({_number(quoted, kind)} AS DOUBLE) AS c{place}"


def _number(column: str, kind: str) -> str:
    """DuckDB knows the milliseconds of two kinds of moments; a zone must not be cast away."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_ms({column})"
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"epoch_ms(CAST({column} AS TIMESTAMP))"
    return column


def is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
