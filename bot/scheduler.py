"""Runs the job table on the machine's time, with APScheduler in memory; facts stay in the ledger."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.jobs import AtClose, Daily, Every, Job, When

logger = logging.getLogger(__name__)

MINUTELY = CronTrigger(second=2, timezone=UTC)
LATE = 30


def schedule(
    jobs: Sequence[Job],
    close: Callable[[], Awaitable[None]],
    attempt: Callable[[Job], Awaitable[None]],
) -> AsyncIOScheduler:
    """Two seconds after every minute `close` is asked whether a candle has closed; what happens
    then is its own affair.
    """
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})

    async def run(work: Callable[..., Awaitable[None]], *given: Job) -> None:
        """APScheduler awaits functions only; whatever else can be called it runs in a thread."""
        await work(*given)

    scheduler.add_job(run, MINUTELY, args=(close,), id="close", misfire_grace_time=LATE)
    for job in jobs:
        if not isinstance(job.when, AtClose):
            late = int(job.grace.total_seconds())
            trigger = _trigger(job.when)
            scheduler.add_job(
                run, trigger, args=(attempt, job), id=job.name, misfire_grace_time=late
            )
    scheduler.add_listener(_tell, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def _trigger(when: When) -> BaseTrigger:
    if isinstance(when, Every):
        return IntervalTrigger(seconds=when.period.total_seconds(), timezone=UTC)
    if isinstance(when, Daily):
        seconds = int(when.after_midnight.total_seconds())
        return CronTrigger(
            hour=seconds // 3600, minute=seconds // 60 % 60, second=seconds % 60, timezone=UTC
        )
    raise TypeError(f"jobs at the close have no trigger of their own: {when!r}")


def _tell(event: JobEvent) -> None:
    said = {
        EVENT_JOB_MISSED: "missed, too late to run",
        EVENT_JOB_MAX_INSTANCES: "left out, the last run is still going",
    }
    logger.warning("job %s: %s", event.job_id, said.get(event.code, "failed"))
