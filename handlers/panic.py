"""/panic: everything off, now. Nothing is asked, nothing else is waited for.

Only a word that comes late is asked back, after entries are off and stops are looked after: much
may have happened since it was said.
"""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.panic import LATE, Panic
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.panic import late_unwritten, unwritten
from handlers.views.view import Verb


async def panic(message: Message, screen: Screen, panic_now: Panic) -> None:
    """The notice that panic leaves in the outbox is its answer, if it could be left there."""
    age = screen.wall.now() - message.date
    if age > LATE:
        await _ask(screen, panic_now, age)
        return
    done = await panic_now()
    if not done.written:
        await screen.show(unwritten(screen.reader, done))


async def _ask(screen: Screen, panic_now: Panic, age: timedelta) -> None:
    if not await panic_now.late(age):
        await screen.show(late_unwritten(screen.reader))


async def flatten(query: CallbackQuery, press: Press, screen: Screen, panic_now: Panic) -> None:
    await screen.toast(query, screen.reader.t("close.sent"))
    await screen.keys(press.message_id, ())
    done = await panic_now(press.claim)
    if not done.written:
        await screen.show(unwritten(screen.reader, done))


async def keep_stops(query: CallbackQuery, press: Press, screen: Screen) -> None:
    await screen.toast(query, screen.reader.t("panic.kept"))
    await screen.keys(press.message_id, ())


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(panic, Command("panic", ignore_case=True))
    router.callback_query.register(flatten, Pressed(Verb.FLATTEN))
    router.callback_query.register(keep_stops, Pressed(Verb.KEEP_STOPS))
    return router
