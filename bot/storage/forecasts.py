"""Every voice's scored answers: in row by row, out as columns.

A year of them is a million rows, of which neighbours say nearly the same: six decisions of each
coin and horizon are read, those on which most voices spoke. Reading goes to the driver as it is,
past SQLAlchemy's rows.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, CursorResult, bindparam, func, select

from bot.storage.columns import EPOCH, MICROSECOND, Moment
from bot.storage.tables.scores import GROUPS, forecasts
from bot.storage.upsert import Row
from core.domain.market import Floats
from core.domain.score import Record, Scored, Whole

NUMBERS = [name for names in GROUPS.values() for name in names]
TEXTS = ("voice", "symbol", "decision")
COLUMNS = (*TEXTS, "as_of", "ends_at", "weight", *NUMBERS)
PAGE = 2_000
HEARD = """WITH heard AS (
    SELECT decision, symbol, as_of, ends_at - as_of AS horizon, count(*) AS voices
    FROM forecasts WHERE as_of >= {} AND known_at <= {}
    GROUP BY decision, symbol, as_of, ends_at
), ranked AS (
    SELECT decision AS chosen, row_number() OVER (
        PARTITION BY symbol, horizon, as_of / (horizon / 6) ORDER BY voices DESC, as_of, decision
    ) AS place
    FROM heard
) """
NEWEST = f"""SELECT {", ".join(COLUMNS)} FROM forecasts JOIN ranked ON chosen = decision
WHERE place = 1 ORDER BY as_of DESC, decision DESC, voice DESC LIMIT 500000
"""  # noqa: S608 - no stranger has a word in it
SPOKEN = (
    select(forecasts.c.voice, func.count())
    .where(
        forecasts.c.as_of >= bindparam("since", type_=Moment),
        forecasts.c.known_at <= bindparam("until", type_=Moment),
    )
    .group_by(forecasts.c.voice)
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
    """Asked since then and known by `until`, oldest first; if they are too many, the newest."""
    marks = ("$1", "$2") if connection.dialect.name == "postgresql" else ("?", "?")
    asked = tuple((moment - EPOCH) // MICROSECOND for moment in (since, until))
    texts, numbers = _columns(connection.exec_driver_sql(HEARD.format(*marks) + NEWEST, asked))
    voices, voice = _numbered(texts[0])
    symbols, symbol = _numbered(texts[1])
    as_of, ends_at = (column.astype(np.int64) // MILLI for column in numbers[:2])
    return Record(
        voices=voices,
        symbols=symbols,
        voice=voice,
        symbol=symbol,
        decision=_numbered(texts[2])[1],
        as_of=as_of,
        horizon=ends_at - as_of,
        weight=numbers[2],
        **_groups(numbers[3:]),
    )


def count_spoken(connection: Connection, since: datetime, until: datetime) -> dict[str, int]:
    rows = connection.execute(SPOKEN, {"since": since, "until": until}).all()
    return {voice: int(count) for voice, count in rows}


def _columns(result: CursorResult[Any]) -> tuple[list[list[str]], Floats]:
    """Texts and numbers, oldest first. Page by page: a whole year at once would hold the
    interpreter, and with it the desk, for too long.
    """
    texts: list[list[str]] = [[] for _ in TEXTS]
    numbers = [np.empty((len(COLUMNS) - len(TEXTS), 0))]
    with closing(result):
        while page := result.cursor.fetchmany(PAGE):
            columns = list(zip(*page, strict=True))
            for known, more in zip(texts, columns, strict=False):
                known.extend(more)
            numbers.append(np.array(columns[len(TEXTS) :], np.float64))
    return [column[::-1] for column in texts], np.concatenate(numbers, axis=1)[:, ::-1]


def _numbered(names: Iterable[str]) -> tuple[tuple[str, ...], Whole]:
    """Each name once, in the order of its first row, and the rows as their numbers."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(name, len(known)) for name in names]
    return tuple(known), np.array(numbers, np.int64)


def _groups(numbers: Floats) -> dict[str, Floats]:
    """The threes, each as (rows, 3)."""
    threes = numbers.reshape(len(GROUPS), 3, -1)
    return {group: threes[place].T for place, group in enumerate(GROUPS)}
