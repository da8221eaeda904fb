"""Where the time axis is labelled: round moments of the reader's own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.market import from_millis, to_millis

MINUTE, HOUR, DAY, MONTH = 60, 3_600, 86_400, 30 * 86_400
MINUTES, HOURS = (1, 5, 15, 30), (1, 2, 3, 4, 6, 12)
WITHIN_DAY = (*(n * MINUTE for n in MINUTES), *(n * HOUR for n in HOURS))
DAYS = (1, 2, 3, 5, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled moment; `strong` ones begin a day among hours, or a year among months."""

    time: int
    label: str
    strong: bool = False


def ticks(first: int, last: int, timezone: str, most: int) -> tuple[Tick, ...]:
    """At most that many round moments between two times in milliseconds, or else the first."""
    zone = ZoneInfo(timezone)
    start, end = (from_millis(time).astimezone(zone) for time in (first, last))
    found = tuple(
        Tick(to_millis(moment), label, strong)
        for moment, label, strong in _moments(start, end, most)
        if start <= moment <= end
    )
    return found or (Tick(first, f"{start:%m/%d %H:%M}"),)


def zone_name(time: int, timezone: str) -> str:
    """What the reader's clock is called at that moment, such as KST."""
    return f"{from_millis(time).astimezone(ZoneInfo(timezone)):%Z}"


def _moments(start: datetime, end: datetime, most: int) -> Iterator[tuple[datetime, str, bool]]:
    shortest = (end - start).total_seconds() / most
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if shortest <= WITHIN_DAY[-1]:
        step = next(step for step in WITHIN_DAY if step >= shortest)
        yield from _hours(midnight, end, timedelta(seconds=step))
    elif shortest <= DAYS[-1] * DAY:
        yield from _days(midnight, end, next(n for n in DAYS if n * DAY >= shortest))
    else:
        step = next((n for n in MONTHS if n * MONTH >= shortest), MONTHS[-1])
        yield from _months(midnight, end, step)


def _hours(
    midnight: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, str, bool]]:
    """Wall-clock steps, so that labels stay round across a change of summer time."""
    moment = midnight
    while moment <= end:
        new_day = moment.hour == moment.minute == 0
        yield moment, f"{moment:%m/%d}" if new_day else f"{moment:%H:%M}", new_day
        moment += step


def _days(midnight: datetime, end: datetime, step: int) -> Iterator[tuple[datetime, str, bool]]:
    moment = midnight
    while moment <= end:
        if (moment.toordinal() - 1) % step == 0:
            yield moment, f"{moment:%m/%d}", False
        moment += timedelta(days=1)


def _months(midnight: datetime, end: datetime, step: int) -> Iterator[tuple[datetime, str, bool]]:
    month = midnight.year * 12 + midnight.month - 1
    while (moment := midnight.replace(year=month // 12, month=month % 12 + 1, day=1)) <= end:
        if month % step == 0:
            yield moment, f"{moment:%Y/%m}", moment.month == 1
        month += 1
