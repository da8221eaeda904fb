"""What the desk's own calls have come to, so that they can take the place of assumptions."""

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from bot.cost.reckoning import UNTRIED, Habit, Past
from bot.settings import DATABASE_FILE, Settings, database_url
from bot.storage.calls import read_calls
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.model import Call, CallStatus, PromptKind, Usage

WINDOW = timedelta(days=30)
LEAST = 24
FORECASTS = (PromptKind.MARKET, PromptKind.INDICATORS)


async def read_past(settings: Settings, data: Path | None, symbols: int, now: datetime) -> Past:
    """Nothing where there is no ledger yet: none is made for a question."""
    folder = data or settings.data_dir
    url = "" if data else settings.database_url
    if not url and not (folder / DATABASE_FILE).exists():
        return UNTRIED
    async with _opened(database_url(url, folder)) as database:
        return past_of(await database.read(read_calls, now - WINDOW, now), symbols)


def past_of(calls: Iterable[Call], symbols: int) -> Past:
    """Habits of those models that were asked often enough, about as many symbols."""
    settled = [call for call in calls if call.status is not CallStatus.RESERVED]
    fitting = [c for c in settled if c.kind not in FORECASTS or len(c.symbols) == symbols]
    fitting.sort(key=_part)
    groups = ((part, list(mine)) for part, mine in groupby(fitting, _part))
    habits = {part: _habit(mine) for part, mine in groups if len(mine) >= LEAST}
    return Past(habits, _verified(settled))


def _part(call: Call) -> tuple[str, PromptKind]:
    return call.model, call.kind


def _habit(calls: Sequence[Call]) -> Habit:
    """A second turn belongs to the question that needed it."""
    questions = len({(call.as_of, call.symbols) for call in calls})
    spent = sum((call.cost for call in calls), Decimal(0))
    usage = Usage(
        input=_mean(calls, lambda used: used.input),
        cached=_mean(calls, lambda used: used.cached),
        cache_write=_mean(calls, lambda used: used.cache_write),
        output=_mean(calls, lambda used: used.output),
        reasoning=_mean(calls, lambda used: used.reasoning),
        searches=_mean(calls, lambda used: used.searches),
    )
    return Habit(len(calls), usage, spent / questions)


def _mean(calls: Sequence[Call], part: Callable[[Usage], int]) -> int:
    return round(sum(part(call.usage) for call in calls) / len(calls))


def _verified(calls: Iterable[Call]) -> Decimal | None:
    """At which share of the closes that models were asked about the verifier was needed."""
    asked: dict[bool, set[datetime]] = {True: set(), False: set()}
    for call in calls:
        if call.kind in (*FORECASTS, PromptKind.RISK):
            asked[call.kind is PromptKind.RISK].add(call.as_of)
    if len(asked[False]) < LEAST:
        return None
    return Decimal(len(asked[True] & asked[False])) / len(asked[False])


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[Database, None]:
    database = await Database.open(url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
