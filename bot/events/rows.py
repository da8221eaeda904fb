"""Events from a table: a row that cannot be read is said with its line, and the rest is kept."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.event import (
    DAY,
    Complaint,
    Event,
    EventKind,
    Importance,
    Source,
    kind_of,
    rest_of,
)

COLUMNS = frozenset({"date", "time", "zone", "kind", "title", "importance", "before", "after"})
LONGEST_TITLE = 80
MIDNIGHT = time(0)
MINUTES = re.compile(r"[0-9]{1,6}")


class Unreadable(Exception):
    """`args[0]` is the code of what is wrong; it never leaves this package."""


@dataclass(frozen=True, slots=True)
class Readout:
    """What a file holds, and what in it could not be read."""

    events: tuple[Event, ...] = ()
    complaints: tuple[Complaint, ...] = ()


@dataclass
class Pile:
    """What has been read so far."""

    events: dict[str, Event] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Of two with one name on one day the second is told apart by its time."""
        first = self.events.get(event.id)
        if first is not None and first.at.astimezone(UTC) != event.at.astimezone(UTC):
            event = replace(event, id=f"{event.id}-{event.at.astimezone(UTC):%d%H%M}")
        self.events[event.id] = event

    def readout(self) -> Readout:
        return Readout(tuple(self.events.values()), tuple(self.complaints))


def table(text: str, source: Source, zone: tzinfo) -> Readout:
    """A header and a row each; `zone` is for rows that name none. Lines with # are remarks."""
    pile = Pile()
    lines = ((n, line) for n, line in enumerate(text.lstrip("\ufeff").splitlines(), 1))
    kept = [(n, line) for n, line in lines if line.strip() and not line.startswith("#")]
    if not kept:
        return Readout()
    try:
        header = [name.lower() for name in _cells(kept[0][1])]
    except Unreadable:
        header = []
    if not {"date", "title"} <= set(header) and not {"date", "kind"} <= set(header):
        return Readout((), (Complaint(kept[0][0], "header", kept[0][1][:LONGEST_TITLE]),))
    for number, line in kept[1:]:
        _keep(pile, number, line, header, source, zone)
    return pile.readout()


def _keep(
    pile: Pile, number: int, line: str, header: list[str], source: Source, zone: tzinfo
) -> None:
    try:
        event = _event(dict(zip(header, _cells(line), strict=False)), source, zone)
    except Unreadable as wrong:
        pile.complaints.append(Complaint(number, str(wrong), line[:LONGEST_TITLE]))
    else:
        pile.add(event)


def _cells(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line]))]
    except csv.Error:
        raise Unreadable("row") from None


def _event(row: Mapping[str, str], source: Source, zone: tzinfo) -> Event:
    title = row.get("title", "")[:LONGEST_TITLE]
    kind = _kind(row.get("kind", ""), title)
    if kind is EventKind.OTHER and not title:
        raise Unreadable("title")
    day = _day(row.get("date", ""))
    hour = _hour(row.get("time", ""))
    moment = datetime.combine(day, hour or MIDNIGHT, _zone(row.get("zone", ""), zone))
    importance = _importance(row.get("importance", ""))
    lengths = list(_lengths(row, importance, whole_day=hour is None))
    return Event(
        id=identity(source, kind, title, day.isoformat()),
        kind=kind,
        title=title,
        at=moment,
        importance=importance,
        source=source,
        before=lengths[0],
        after=lengths[1],
        whole_day=hour is None,
    )


def identity(source: Source, kind: EventKind, title: str, day: str) -> str:
    """The same event keeps its name when the file is read again, so that muting it lasts."""
    digest = sha256(f"{source}|{kind}|{title.lower()}|{day}".encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


def _kind(word: str, title: str) -> EventKind:
    try:
        return EventKind(word.lower()) if word else kind_of(title)
    except ValueError:
        return kind_of(title or word)


def _day(word: str) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise Unreadable("date") from None
    must_be_near(day)
    return day


def must_be_near(day: date) -> None:
    """At the ends of time not every zone has a day. Raises Unreadable."""
    if not 1970 <= day.year < 9000:
        raise Unreadable("date")


def _hour(word: str) -> time | None:
    if not word:
        return None
    try:
        return datetime.strptime(word, "%H:%M").time()  # noqa: DTZ007 - its zone comes later
    except ValueError:
        raise Unreadable("time") from None


def _zone(word: str, otherwise: tzinfo) -> tzinfo:
    try:
        return ZoneInfo(word) if word else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable("zone") from None


def _importance(word: str) -> Importance:
    try:
        return Importance(word.lower()) if word else Importance.HIGH
    except ValueError:
        raise Unreadable("importance") from None


def _lengths(
    row: Mapping[str, str], importance: Importance, *, whole_day: bool
) -> Iterator[timedelta]:
    """Minutes before and after, up to a day."""
    usual = rest_of(importance, whole_day=whole_day)
    for name, otherwise in zip(("before", "after"), usual, strict=True):
        word = row.get(name, "")
        if word and not MINUTES.fullmatch(word):
            raise Unreadable("minutes")
        length = timedelta(minutes=int(word)) if word else otherwise
        if length > DAY:
            raise Unreadable("minutes")
        yield length
