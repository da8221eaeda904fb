"""The job table on real time: which trigger each row gets, and what is said when one fails."""

import inspect
import logging
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)

from bot.jobs import AtClose, Daily, Every, Job
from bot.scheduler import _tell, schedule

MOMENT = datetime(2026, 1, 5, 22, 7, 30, tzinfo=UTC)


async def nothing():
    pass


async def attempt(job):
    await job.run()


TABLE = (
    Job("watch", AtClose(), nothing),
    Job("expire", Every(timedelta(seconds=15)), nothing),
    Job("look", AtClose(), nothing),
    Job("report", Daily(timedelta(minutes=5)), nothing, timedelta(hours=2)),
)


async def close():
    pass


def test_whether_a_candle_has_closed_is_asked_two_seconds_after_every_minute():
    trigger = schedule(TABLE, close, attempt).get_job("close").trigger
    assert f"{trigger.get_next_fire_time(None, MOMENT):%d %H:%M:%S}" == "05 22:08:02"


def test_what_happens_at_the_close_is_one_job_and_the_rest_have_their_own():
    scheduler = schedule(TABLE, close, attempt)
    assert [job.id for job in scheduler.get_jobs()] == ["close", "expire", "report"]


def test_periods_days_and_graces_come_from_the_table():
    jobs = {job.id: job for job in schedule(TABLE, close, attempt).get_jobs()}
    assert jobs["expire"].trigger.interval == timedelta(seconds=15)
    assert f"{jobs['report'].trigger.get_next_fire_time(None, MOMENT):%d %H:%M}" == "06 00:05"
    assert jobs["close"].misfire_grace_time == 30
    assert jobs["expire"].misfire_grace_time == 300
    assert jobs["report"].misfire_grace_time == 7200


async def test_no_job_runs_twice_at_once_and_what_was_missed_is_made_up_for_once():
    scheduler = schedule(TABLE, close, attempt)
    scheduler.start(paused=True)
    try:
        for job in scheduler.get_jobs():
            assert (job.max_instances, job.coalesce) == (1, True)
    finally:
        scheduler.shutdown(wait=False)


async def test_whatever_is_scheduled_is_awaited_also_when_it_is_no_function():
    ran = []

    class Notes:
        async def __call__(self, job):
            ran.append(job.name)

    for job in schedule(TABLE, close, Notes()).get_jobs():
        assert inspect.iscoroutinefunction(job.func)
        await job.func(*job.args)
    assert ran == ["expire", "report"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (EVENT_JOB_MISSED, "job look: missed, too late to run"),
        (EVENT_JOB_MAX_INSTANCES, "job look: left out, the last run is still going"),
        (EVENT_JOB_ERROR, "job look: failed"),
    ],
)
def test_what_did_not_run_is_written_down(caplog, code, says):
    with caplog.at_level(logging.WARNING, "bot.scheduler"):
        _tell(JobEvent(code, "look", "default"))
    assert says in caplog.text
