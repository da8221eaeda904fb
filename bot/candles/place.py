"""Where candles are kept, and which days of them are meant."""

import argparse
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.errors import WrongQuestion
from bot.settings import DATABASE_FILE, database_url, load_settings
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate


@asynccontextmanager
async def opened(data: Path | None) -> AsyncGenerator[SqlCandles, None]:
    """The store of the desk in this folder, or of the settings; made where there is none."""
    if data is None:
        settings = load_settings()
        url = database_url(settings.database_url, settings.data_dir)
    else:
        url = database_url("", data)
    database = await Database.open(url)
    try:
        await migrate(database)
        yield SqlCandles(database)
    finally:
        await database.close()


def store_path(data: Path | None) -> Path:
    """What `--candles` would be told of the same store."""
    return Path("store") if data is None else data / DATABASE_FILE


def days(said: argparse.Namespace) -> tuple[datetime | None, datetime | None]:
    """From midnight to midnight, as far as `--from`, `--to` and `--days` say it."""
    if None not in {said.first, said.last, said.days}:
        raise WrongQuestion("--from, --to and --days: two of them say when")
    if said.first and said.last and said.first > said.last:
        raise WrongQuestion(f"--from {said.first} comes after --to {said.last}")
    first = datetime.combine(said.first, time(), UTC) if said.first else None
    last = datetime.combine(said.last, time(), UTC) + timedelta(days=1) if said.last else None
    if said.days and first:
        last = first + timedelta(days=said.days)
    elif said.days and last:
        first = last - timedelta(days=said.days)
    return first, last
