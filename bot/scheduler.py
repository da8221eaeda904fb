"""Runs the job table on the machine's time, with APScheduler in memory; facts stay in the ledger."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, timedelta

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
from core.domain.market import Timeframe

logger = logging.getLogger(__name__)

SETTLED = 2


def schedule(
    jobs: Sequence[Job],
    timeframe: Timeframe,
    attempt: Callable[[Job], Awaitable[None]],
) -> AsyncIOScheduler:
    """Jobs at the close run as one, in their order, two seconds after it."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})

    async def attempt_all(*due: Job) -> None:
        for job in due:
            await attempt(job)

    def add(name: str, trigger: BaseTrigger, grace: timedelta, *due: Job) -> None:
        late = int(grace.total_seconds())
        scheduler.add_job(attempt_all, trigger, args=due, id=name, misfire_grace_time=late)

    closing = [job for job in jobs if isinstance(job.when, AtClose)]
    add("close", at_close(timeframe), timeframe.duration / 2, *closing)
    for job in jobs:
        if job not in closing:
            add(job.name, _trigger(job.when), job.grace, job)
    scheduler.add_listener(_tell, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def at_close(timeframe: Timeframe) -> CronTrigger:
    """Two seconds after each close, so that the candle is there."""
    minutes = timeframe.milliseconds // 60_000
    if minutes < 60:
        return CronTrigger(minute=f"*/{minutes}", second=SETTLED, timezone=UTC)
    return CronTrigger(
        hour=f"*/{minutes // 60}" if minutes < 1440 else "0",
        minute=0,
        second=SETTLED,
        timezone=UTC,
    )


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
