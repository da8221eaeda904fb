"""/resume: entries on again. What the desk itself has halted is asked about once, and reconciled."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.guard.restraining import ResumeTrading
from core.owner import ChangeSettings
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.restraint import asked, resumed
from handlers.views.view import Verb, View


async def resume(
    _message: Message,
    screen: Screen,
    change_settings: ChangeSettings,
    resume_trading: ResumeTrading,
) -> None:
    await screen.show(await _answer(screen, change_settings, resume_trading))


async def resume_pressed(
    query: CallbackQuery,
    screen: Screen,
    change_settings: ChangeSettings,
    resume_trading: ResumeTrading,
) -> None:
    view = await _answer(screen, change_settings, resume_trading)
    await screen.toast(query, "" if view.keyboard else view.text)
    if view.keyboard:
        await screen.show(view)


async def _answer(
    screen: Screen, change_settings: ChangeSettings, resume_trading: ResumeTrading
) -> View:
    """A pause of a person's own ends at once; a halt is asked about."""
    settings = await resume_trading.read()
    if settings.halts:
        return asked(screen.reader, settings)
    return resumed(screen.reader, await change_settings.resume())


async def lift_pressed(
    query: CallbackQuery, press: Press, screen: Screen, resume_trading: ResumeTrading
) -> None:
    """Another reason that came meanwhile is shown first."""
    settings = await resume_trading(screen.reader.person, int(press.argument), press.claim)
    await screen.toast(query)
    if settings.halts:
        await screen.show(asked(screen.reader, settings))
    else:
        await screen.change(press.message_id, resumed(screen.reader, settings), photo=press.photo)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(resume, Command("resume", ignore_case=True))
    router.callback_query.register(resume_pressed, Pressed(Verb.RESUME))
    router.callback_query.register(lift_pressed, Pressed(Verb.LIFT))
    return router
