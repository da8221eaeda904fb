"""Every voice's scored answers: in row by row, out as columns, many at a time.

A year of them is half a million rows, so reading goes to the driver as it is, past SQLAlchemy's rows.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, CursorResult

from bot.storage.columns import EPOCH, MICROSECOND
from bot.storage.tables.scores import GROUPS, forecasts
from bot.storage.upsert import Row
from core.domain.market import Floats
from core.domain.score import Record, Scored, Whole

NUMBERS = [name for names in GROUPS.values() for name in names]
COLUMNS = ("voice", "symbol", "decision", "as_of", "ends_at", "weight", *NUMBERS)
FIRST_NUMBER = COLUMNS.index(NUMBERS[0])
KNOWN = (
    f"SELECT {', '.join(COLUMNS)} FROM {forecasts.name}"  # noqa: S608 - no stranger has a word in it
    " WHERE as_of >= {} AND known_at <= {} ORDER BY as_of, decision, voice"
)
MILLI = 1_000


def scored_row(one: Scored) -> Row:
    threes = {
        name: value
        for group, names in GROUPS.items()
        for name, value in zip(names, getattr(one, group), strict=True)
    }
    return threes | {
        "decision": one.decision,
        "voice": one.voice,
        "symbol": one.symbol,
        "as_of": one.as_of,
        "ends_at": one.ends_at,
        "known_at": one.known_at,
        "weight": one.weight,
    }


def read_record(connection: Connection, since: datetime, until: datetime) -> Record:
    """Asked since then and known by `until`, oldest first."""
    marks = ("$1", "$2") if connection.dialect.name == "postgresql" else ("?", "?")
    asked = tuple((moment - EPOCH) // MICROSECOND for moment in (since, until))
    columns = _columns(connection.exec_driver_sql(KNOWN.format(*marks), asked))
    voices, voice = _numbered(columns[0])
    symbols, symbol = _numbered(columns[1])
    as_of, ends_at = (np.array(column, np.int64) // MILLI for column in columns[3:5])
    return Record(
        voices=voices,
        symbols=symbols,
        voice=voice,
        symbol=symbol,
        decision=_numbered(columns[2])[1],
        as_of=as_of,
        horizon=ends_at - as_of,
        weight=np.array(columns[5], np.float64),
        **_groups(columns[FIRST_NUMBER:]),
    )


def _columns(result: CursorResult[Any]) -> Sequence[Sequence[Any]]:
    with closing(result):
        rows = result.cursor.fetchall()
    return list(zip(*rows, strict=True)) or [()] * len(COLUMNS)


def _numbered(names: Iterable[str]) -> tuple[tuple[str, ...], Whole]:
    """Each name once, in the order of its first row, and the rows as their numbers."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(name, len(known)) for name in names]
    return tuple(known), np.array(numbers, np.int64)


def _groups(columns: Sequence[Sequence[float]]) -> dict[str, Floats]:
    numbers = np.array(columns, np.float64).reshape(len(GROUPS), 3, -1)
    return {group: numbers[place].T for place, group in enumerate(GROUPS)}
