"""Insert, or change what is there: the one sentence in which SQLite and PostgreSQL agree."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, object]
Insert = sqlite.Insert | postgresql.Insert


def put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows; those whose key is known replace what was there."""
    if rows:
        connection.execute(_replacing(table, connection.dialect.name), rows)


def put_if(connection: Connection, table: Table, row: Row, allowed: ColumnElement[bool]) -> bool:
    """Write one row; a known one is replaced only where `allowed` holds. False: it did not."""
    statement = _replacing(table, connection.dialect.name, allowed)
    return connection.execute(statement, row).rowcount > 0


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows; those whose key is known stay as they are."""
    if rows:
        connection.execute(_skipping(table, connection.dialect.name), rows)


@cache
def _replacing(table: Table, dialect: str, allowed: ColumnElement[bool] | None = None) -> Insert:
    statement = _insert(table, dialect)
    return statement.on_conflict_do_update(
        index_elements=_key(table), set_=_excluded(table, statement), where=allowed
    )


@cache
def _skipping(table: Table, dialect: str) -> Insert:
    return _insert(table, dialect).on_conflict_do_nothing(index_elements=_key(table))


def _insert(table: Table, dialect: str) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _key(table: Table) -> Iterable[str]:
    return [column.name for column in table.primary_key]


def _excluded(table: Table, statement: Insert) -> dict[str, ColumnElement[object]]:
    return {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if not column.primary_key
    }
