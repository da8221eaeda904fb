"""The calendar in words: what comes, when, in how long, and when nobody enters because of it."""

from collections.abc import Iterator
from datetime import datetime

from core.agenda import Upcoming
from core.domain.event import DAY, Complaint, Event, EventKind, Source
from core.domain.market import Origin
from handlers.arguments import shown
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

MOST = 8
FAR_DAYS = 3
IN_A_ROW = 4
MOST_COMPLAINTS = 5


def named(reader: Reader, kind: str, title: str) -> str:
    """As somebody has called it, else by its name in the reader's language."""
    if title:
        return shown(title)
    return reader.t.of("event", EventKind(kind))


def name(reader: Reader, event: Event) -> str:
    return named(reader, event.kind, event.title)


def resting(reader: Reader, event: Event, now: datetime) -> str:
    """One line for status and report: 22:30 US CPI: no entries 22:00-23:30."""
    return reader.t(
        "events.resting",
        time=_when(reader, event.at, now),
        event=name(reader, event),
        window=_window(reader, event),
    )


def _when(reader: Reader, moment: datetime, now: datetime) -> str:
    same = reader.local(moment).date() == reader.local(now).date()
    return reader.clock(moment) if same else reader.day_and_clock(moment)


def _window(reader: Reader, event: Event) -> str:
    """22:00-23:30, with the days where the hours alone would not say it."""
    if event.ends - event.starts < DAY:
        return f"{reader.clock(event.starts)}-{reader.clock(event.ends)}"
    return f"{reader.day_and_clock(event.starts)} – {reader.day_and_clock(event.ends)}"


def events_view(reader: Reader, upcoming: Upcoming, origin: Origin) -> View:
    first = upcoming.events[:MOST]
    lines = [f"<b>{reader.t('events.title')}</b>"]
    lines += list(_events(reader, first, upcoming.now)) or [reader.t("events.none")]
    if len(upcoming.events) > MOST:
        lines.append(reader.t("events.later", n=len(upcoming.events) - MOST))
    lines += _complaints(reader, upcoming.complaints)
    if origin is not Origin.LIVE and any(event.source is Source.SHIPPED for event in first):
        lines.append(reader.t("events.not_live"))
    lines.append(reader.t("events.how"))
    return View("\n".join(lines), _keys(first))


def _events(reader: Reader, events: tuple[Event, ...], now: datetime) -> Iterator[str]:
    for number, event in enumerate(events, 1):
        sign = " 🔕" if event.muted and _rests_at_all(event) else ""
        yield f"{number} {_headline(reader, event, now)}{sign}"
        if event.forbids:
            yield "   " + _rest(reader, event, now)


def _headline(reader: Reader, event: Event, now: datetime) -> str:
    said = f"{_moment(reader, event, now)} <b>{name(reader, event)}</b>"
    return f"{said} · {_until(reader, event, now)}"


def _moment(reader: Reader, event: Event, now: datetime) -> str:
    """With the year where it is another one."""
    local = reader.local(event.at)
    date = f"{local:%m-%d}" if local.year == reader.local(now).year else f"{local:%Y-%m-%d}"
    day = f"{date} ({reader.t(f'weekday.{local.weekday()}')})"
    return day if event.whole_day else f"{day} {local:%H:%M}"


def _until(reader: Reader, event: Event, now: datetime) -> str:
    left = event.at - now
    if left >= FAR_DAYS * DAY:
        return reader.t("events.in", length=reader.t("unit.days", n=left.days))
    if event.at > now:
        return reader.t("events.in", length=reader.lasting(left))
    return reader.t("events.today" if event.whole_day else "events.now")


def _rest(reader: Reader, event: Event, now: datetime) -> str:
    if not event.forbids:
        return reader.t("events.told")
    key = "events.rests_now" if event.covers(now) else "events.rests"
    return reader.t(key, window=_window(reader, event), until=reader.clock(event.ends))


def _complaints(reader: Reader, complaints: tuple[Complaint, ...]) -> Iterator[str]:
    t = reader.t
    for one in complaints[:MOST_COMPLAINTS]:
        why = t(f"events.wrong.{one.why}")
        if one.line:
            yield t("events.wrong_line", line=one.line, why=why, text=shown(one.text))
        else:
            yield t("events.wrong_file", why=why)
    if len(complaints) > MOST_COMPLAINTS:
        yield t("events.wrong_more", n=len(complaints) - MOST_COMPLAINTS)


def _keys(events: tuple[Event, ...]) -> Keyboard:
    """Bells turn an event's rest on and off; what somebody has added can be taken out."""
    numbered = list(enumerate(events, 1))
    bells = [_bell(number, event) for number, event in numbered if _rests_at_all(event)]
    own = [
        Key(f"🗑 {number}", Verb.DROP_EVENT, event.id)
        for number, event in numbered
        if event.source is Source.PERSON
    ]
    return (*_rows(bells), *_rows(own))


def _rests_at_all(event: Event) -> bool:
    return event.ends > event.starts


def _bell(number: int, event: Event) -> Key:
    sign, argument = ("🔔", "0") if event.muted else ("🔕", "1")
    return Key(f"{sign} {number}", Verb.MUTE, event.id, argument)


def _rows(keys: list[Key]) -> Keyboard:
    return tuple(tuple(keys[at : at + IN_A_ROW]) for at in range(0, len(keys), IN_A_ROW))


def added(reader: Reader, event: Event, now: datetime) -> str:
    headline = _headline(reader, event, now)
    return f"{reader.t('events.added')}\n{headline}\n{_rest(reader, event, now)}"
