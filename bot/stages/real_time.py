"""Lets a desk live in real time: the scheduler ticks, a stream may wake it early, news are heard.

Nothing but a desk in real time goes online.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.app import Desk
from bot.attempts import Attempt
from bot.closing import Closing
from bot.following import followed
from bot.jobs import Job
from bot.news.desk import news_jobs
from bot.running import run
from bot.scheduler import schedule
from bot.settings import Settings
from bot.stages.stage import Seat

Beside = Callable[[Closing], Coroutine[Any, Any, None]]


async def _nothing(_closing: Closing) -> None:
    """No streams: the scheduler alone drives."""
    await asyncio.Event().wait()


async def _first_round(news: Sequence[Job], attempt: Attempt) -> None:
    """News need not wait for their first turn."""
    for job in news:
        await attempt(job)


async def live_through(
    desk: Desk, seat: Seat, settings: Settings, beside: Beside = _nothing
) -> None:
    """Until it is stopped. `beside` goes on all the while, and may tell of closes."""
    ledger, names = desk.stores.ledger, desk.posts.names
    attempt = Attempt(names[0], desk.clock, ledger)
    read = partial(followed, ledger, names)
    closing = Closing(desk.clock, desk.jobs, attempt, read)
    news = news_jobs(settings, desk.clock, desk.stores.news, desk.rounds)
    asking = tuple(council.jobs()) if (council := desk.minds.council) else ()
    scheduler = schedule((*desk.jobs, *news, *asking), closing.tick, attempt)

    async def drive() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(closing.run())
            tasks.create_task(beside(closing))
            tasks.create_task(_first_round((*news, *asking), attempt))

    scheduler.start()
    try:
        await run(desk, drive, seat.language, protects=True)
    finally:
        scheduler.shutdown(wait=False)
