"""Many rows of one series at once: in as fast as each database takes them, out as columns.

SQLAlchemy's compiler and type processors would cost a million rows as much again as the database
itself, so these few statements go to the driver as they are.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, CursorResult, Table

from core.domain.market import Floats, Millis

FOREVER = 1 << 53


@dataclass(frozen=True, slots=True)
class Rows:
    """Times in ms, oldest first, and the numbers that stand beside them."""

    time: Millis
    numbers: tuple[Floats, ...]


def write(connection: Connection, table: Table, series: int, rows: Rows) -> None:
    """Rows that are there already are replaced."""
    columns = [column.tolist() for column in (rows.time, *rows.numbers)]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_unnesting(table), (series, *columns))
    elif len(rows.time):
        tuples = [(series, *row) for row in zip(*columns, strict=True)]
        connection.exec_driver_sql(_inserting(table), tuples)


def read(connection: Connection, table: Table, series: int, start: int, end: int) -> Rows:
    """Rows in [start, end), oldest first."""
    names = _numbers(table)
    found = _select(connection, table, names, (series, start, end))
    if not found:
        return Rows(np.empty(0, np.int64), tuple(np.empty(0) for _ in names))
    time, *numbers = zip(*found, strict=True)
    return Rows(np.array(time, np.int64), tuple(np.array(column, float) for column in numbers))


def read_times(connection: Connection, table: Table, series: int, start: int, end: int) -> Millis:
    """Without the numbers, which are most of the work."""
    found = _select(connection, table, (), (series, start, end))
    return np.fromiter((row[0] for row in found), np.int64, len(found))


def _select(
    connection: Connection, table: Table, names: Sequence[str], asked: tuple[int, int, int]
) -> Sequence[tuple[float, ...]]:
    conditions = zip(("series =", "time >=", "time <"), _marks(connection), strict=True)
    where = " AND ".join(map(" ".join, conditions))
    columns = ", ".join(("time", *names))
    text = f"SELECT {columns} FROM {table.name} WHERE {where} ORDER BY time"  # noqa: S608 - no stranger has a word in it
    return _tuples(connection.exec_driver_sql(text, asked))


def _tuples(result: CursorResult[Any]) -> Sequence[tuple[float, ...]]:
    """As the driver gives them: SQLAlchemy's rows would take longer than the reading."""
    with closing(result):
        return result.cursor.fetchall()


def _marks(connection: Connection) -> tuple[str, str, str]:
    return ("$1", "$2", "$3") if connection.dialect.name == "postgresql" else ("?", "?", "?")


def _inserting(table: Table) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f"{_into(table)} VALUES ({marks}) {_conflict(table)}"


def _unnesting(table: Table) -> str:
    """One array for each column: PostgreSQL takes a whole page in one message."""
    numbers = len(_numbers(table))
    arrays = ", ".join(("$2::bigint[]", *(f"${n + 3}::float8[]" for n in range(numbers))))
    chosen = f"SELECT $1::bigint, * FROM unnest({arrays})"  # noqa: S608 - likewise
    return f"{_into(table)} {chosen} {_conflict(table)}"


def _into(table: Table) -> str:
    return f"INSERT INTO {table.name} ({', '.join(column.name for column in table.columns)})"


def _conflict(table: Table) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in _numbers(table))
    return f"ON CONFLICT (series, time) DO UPDATE SET {changes}"


def _numbers(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.primary_key]
