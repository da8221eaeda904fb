"""When days, weeks and months begin for limits and reports: at 00:00 UTC, like the venues'."""

from datetime import datetime, timedelta

from core.risk.standing import Period

ROLLING = timedelta(days=30)


def day_start(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def week_start(now: datetime) -> datetime:
    """The last Monday."""
    return day_start(now) - timedelta(days=now.weekday())


def month_start(now: datetime) -> datetime:
    return day_start(now).replace(day=1)


def period_starts(now: datetime) -> dict[Period, datetime]:
    return {
        Period.DAY: day_start(now),
        Period.WEEK: week_start(now),
        Period.MONTH: month_start(now),
        Period.ROLLING: now - ROLLING,
    }
