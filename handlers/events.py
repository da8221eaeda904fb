"""/events: what is announced, with its countdown; added, muted and taken out by the desk's people."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.agenda import Announced, KeepEvents
from core.errors import BadArgument
from handlers.arguments import shown
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.events import added, events_view
from handlers.views.view import Verb, View

USAGE = "usage.events"
WORDS = re.compile(
    r"add\s+(?P<day>\S+)(?:\s+(?P<hour>\d{1,2}:\d\d))?\s+(?P<title>\S.*?)"
    r"(?:\s+-(?P<before>\d{1,4})\s+\+(?P<after>\d{1,4}))?",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_TITLE = 80
LONGEST_REST = 1440
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read(text: str, zone: ZoneInfo) -> Announced:
    """`add 2026-12-10 22:30 US CPI`, perhaps with `-30 +60` behind it. Raises BadArgument."""
    found = WORDS.fullmatch(text.strip())
    if found is None:
        raise BadArgument(USAGE, text=shown(text))
    hour = found["hour"]
    return Announced(
        title=" ".join(found["title"].split())[:LONGEST_TITLE],
        at=_moment(found["day"], hour or "00:00", zone),
        whole_day=hour is None,
        before=_minutes(found["before"]),
        after=_minutes(found["after"]),
    )


def _moment(day: str, hour: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError:
        raise BadArgument(USAGE, text=shown(f"{day} {hour}")) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadArgument(USAGE, text=shown(f"{day} {hour}"))
    return at


def _minutes(word: str | None) -> timedelta | None:
    if word is None:
        return None
    if int(word) > LONGEST_REST:
        raise BadArgument("usage.events_minutes", text=shown(word))
    return timedelta(minutes=int(word))


async def events(
    _message: Message, command: CommandObject, screen: Screen, keep_events: KeepEvents
) -> None:
    if command.args:
        person = screen.reader.person
        said = read(command.args, ZoneInfo(person.timezone))
        event = await keep_events.add(person, said)
        await screen.show(View(added(screen.reader, event, keep_events.clock.now())))
        return
    upcoming = await keep_events.upcoming()
    await screen.show(events_view(screen.reader, upcoming, screen.origin))


async def mute(
    query: CallbackQuery, press: Press, screen: Screen, keep_events: KeepEvents
) -> None:
    muted = press.argument == "1"
    await keep_events.mute(screen.reader.person, press.subject, muted=muted)
    await screen.toast(query, screen.reader.t("events.off" if muted else "events.on"))
    await _again(press, screen, keep_events)


async def drop(
    query: CallbackQuery, press: Press, screen: Screen, keep_events: KeepEvents
) -> None:
    await keep_events.delete(screen.reader.person, press.subject)
    await screen.toast(query, screen.reader.t("events.gone"))
    await _again(press, screen, keep_events)


async def _again(press: Press, screen: Screen, keep_events: KeepEvents) -> None:
    view = events_view(screen.reader, await keep_events.upcoming(), screen.origin)
    await screen.change(press.message_id, view, photo=False)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(events, Command("events", ignore_case=True))
    router.callback_query.register(mute, Pressed(Verb.MUTE))
    router.callback_query.register(drop, Pressed(Verb.DROP_EVENT))
    return router
