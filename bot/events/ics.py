"""Events from an iCalendar file, the form in which calendars of the world are exported and fed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.events.rows import LONGEST_TITLE, Pile, Readout, Unreadable, identity, must_be_near
from core.domain.event import Complaint, Event, EventKind, Importance, Source, kind_of, rest_of
from core.news.cleaning import visible

ESCAPED = re.compile(r"\\([\\;,nN])")
DAY_ONLY, FLOATING = "%Y%m%d", "%Y%m%dT%H%M%S"
LOW_PRIORITIES, HIGH_PRIORITIES = frozenset("6789"), frozenset("1234")


@dataclass(frozen=True, slots=True)
class Property:
    """DTSTART;TZID=Asia/Seoul:20261210T223000 has a name, parameters and a value."""

    name: str
    parameters: str
    value: str


@dataclass
class Entry:
    """One VEVENT, from the line on which it begins."""

    line: int
    properties: dict[str, Property] = field(default_factory=dict)


def icalendar(text: str, source: Source, zone: tzinfo) -> Readout:
    """`zone` is for times that name none. Repeating entries count once, on their first day."""
    pile = Pile()
    if "BEGIN:VCALENDAR" not in text:
        return Readout((), (Complaint(0, "not_ics"),))
    for entry in _entries(text):
        if _is_cancelled(entry):
            continue
        try:
            event = _event(entry, source, zone)
        except Unreadable as wrong:
            said = entry.properties.get("SUMMARY")
            shown = said.value[:LONGEST_TITLE] if said else ""
            pile.complaints.append(Complaint(entry.line, str(wrong), shown))
        else:
            pile.add(event)
    return pile.readout()


def _is_cancelled(entry: Entry) -> bool:
    status = entry.properties.get("STATUS")
    return status is not None and status.value.strip().upper() == "CANCELLED"


def _entries(text: str) -> Iterator[Entry]:
    entry, inside = None, 0
    for number, line in _unfolded(text):
        if line.startswith("BEGIN:"):
            if line == "BEGIN:VEVENT":
                entry, inside = Entry(number), 0
            inside += 1
        elif line.startswith("END:"):
            inside -= 1
            if line == "END:VEVENT" and entry is not None:
                yield entry
                entry = None
        elif entry is not None and inside == 1:
            one = _property(line)
            entry.properties.setdefault(one.name, one)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first one: a line that begins with a blank goes on."""
    start, said = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] in {" ", "\t"}:
            said += line[1:]
            continue
        if said:
            yield start, said.strip()
        start, said = number, line
    if said:
        yield start, said.strip()


def _property(line: str) -> Property:
    head, _, value = line.partition(":")
    name, _, parameters = head.partition(";")
    return Property(name.upper(), parameters, value)


def _event(entry: Entry, source: Source, zone: tzinfo) -> Event:
    found = entry.properties
    said = _plain(found["SUMMARY"].value)[:LONGEST_TITLE] if "SUMMARY" in found else ""
    title = " ".join(visible(said).split())
    if not title:
        raise Unreadable("title")
    if "DTSTART" not in found:
        raise Unreadable("date")
    at, whole_day = _moment(found["DTSTART"], zone)
    kind = kind_of(title)
    importance = _importance(found.get("PRIORITY"), kind)
    before, after = rest_of(importance, whole_day=whole_day)
    return Event(
        id=identity(source, kind, said, at.date().isoformat()),
        kind=kind,
        title=title,
        at=at,
        importance=importance,
        source=source,
        before=before,
        after=after,
        whole_day=whole_day,
    )


def _importance(priority: Property | None, kind: EventKind) -> Importance:
    """A calendar holds birthdays too: what nobody marks as important matters if its kind does."""
    word = priority.value.strip() if priority else ""
    if word in LOW_PRIORITIES:
        return Importance.LOW
    matters = word in HIGH_PRIORITIES or kind is not EventKind.OTHER
    return Importance.HIGH if matters else Importance.MEDIUM


def _plain(value: str) -> str:
    unescaped = ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return " ".join(unescaped.split())


def _moment(start: Property, zone: tzinfo) -> tuple[datetime, bool]:
    value = start.value.strip()
    if len(value) == 8:
        return _read(value, DAY_ONLY, zone), True
    if value.endswith("Z"):
        return _read(value[:-1], FLOATING, UTC), False
    return _read(value, FLOATING, _named(start, zone)), False


def _read(value: str, form: str, zone: tzinfo) -> datetime:
    try:
        at = datetime.strptime(value, form).replace(tzinfo=zone)
    except ValueError:
        raise Unreadable("date") from None
    must_be_near(at)
    return at


def _named(start: Property, otherwise: tzinfo) -> tzinfo:
    """The zone that a time names."""
    found = re.search(r"(?i)TZID=\"?([^\";:]+)", start.parameters)
    if found is None:
        return otherwise
    try:
        return ZoneInfo(found[1])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable("zone") from None
