"""`candles check`: what is kept, or what some files hold, looked over and graded."""

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.candles.judging import judged
from bot.candles.telling import as_json, lines
from bot.errors import Stop
from bot.market.clock import SystemClock
from bot.market.files import read
from bot.market.kept import everything_kept, recorded
from bot.market.quality import Grade
from bot.market.recording import Recording
from bot.market.store_address import MAKES_ONE, address
from bot.market.store_name import StoreName, store_name
from bot.settings import DATABASE_FILE
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.words import load_words

USUAL_AGE = timedelta(days=1)
CODES = {Grade.OK: 0, Grade.THIN: 1, Grade.STALE: 1, Grade.BROKEN: 3}


def check(said: argparse.Namespace) -> int:
    """0 where all is ok, 1 where something is thin or stale, 3 where something is broken."""
    named = [store_name(path) for path in said.paths]
    if not said.paths or any(named):
        where = named[0] if named else _usual(said.data)
        found = asyncio.run(_stored(where or StoreName(None), said))
        most = said.max_age or USUAL_AGE
    else:
        found, most = {"": read(said.paths)}, said.max_age
    qualities = [
        one
        for one in judged(found, SystemClock().now())
        if not said.symbols or one.symbol in said.symbols
    ]
    if not qualities:
        raise Stop("nothing of what was asked for is kept")
    if said.json:
        sys.stdout.write(json.dumps([as_json(one, most) for one in qualities]) + "\n")
    else:
        t = load_words()[said.language]
        told = (line for one in qualities for line in lines(t, one, most))
        sys.stdout.writelines(f"{line}\n" for line in told)
    return max(CODES[one.grade(most)] for one in qualities)


def _usual(data: Path | None) -> StoreName:
    """Raises Stop for a folder in which nobody has kept anything."""
    if data is None:
        return StoreName(None)
    file = data / DATABASE_FILE
    if not file.is_file():
        raise Stop(f"there is no candle store at {file}; {MAKES_ONE}")
    return StoreName(file)


async def _stored(where: StoreName, said: argparse.Namespace) -> Mapping[str, Recording]:
    """Of every venue, or of the one that is named."""
    venue = said.venue.lower() or where.venue
    database = await Database.open(address(where))
    try:
        kept = [one.series for one in await everything_kept(database)]
        venues = [venue] if venue else list(dict.fromkeys(one.venue for one in kept))
        candles = SqlCandles(database)
        return {
            name: await recorded(candles, [one for one in kept if one.venue == name])
            for name in venues
        }
    finally:
        await database.close()
