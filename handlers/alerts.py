"""/alert, /alerts: ring me once when a price or an indicator gets there."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.alerts.setting import KeepAlerts, Shown
from core.owner import ChangeSettings
from handlers.alerting import read
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.alerts import alerts_view, true_already, was_set
from handlers.views.view import Verb, View


async def alert(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    keep_alerts: KeepAlerts,
    change_settings: ChangeSettings,
) -> None:
    if command.args:
        await screen.show(await _set(command.args, screen, keep_alerts, change_settings))
    else:
        await alerts(_message, screen, keep_alerts)


async def _set(
    words: str, screen: Screen, keep_alerts: KeepAlerts, change_settings: ChangeSettings
) -> View:
    settings = await change_settings.read()
    wish = read(words, change_settings.choices, settings.timeframe)
    done = await keep_alerts.set(screen.reader.person, wish)
    if isinstance(done, Shown):
        return was_set(screen.reader, done)
    return true_already(screen.reader, done)


async def set_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    keep_alerts: KeepAlerts,
    change_settings: ChangeSettings,
) -> None:
    """The next time, or once more: a second tap on the same button must not set it twice."""
    view = await _set(press.argument, screen, keep_alerts, change_settings)
    await screen.toast(query)
    await screen.keys(press.message_id, ())
    await screen.show(view)


async def leave(query: CallbackQuery, press: Press, screen: Screen) -> None:
    await screen.toast(query, screen.reader.t("alert.left"))
    await screen.keys(press.message_id, ())


async def alerts(_message: Message, screen: Screen, keep_alerts: KeepAlerts) -> None:
    await screen.show(alerts_view(screen.reader, await keep_alerts.mine(screen.reader.person)))


async def drop(
    query: CallbackQuery, press: Press, screen: Screen, keep_alerts: KeepAlerts
) -> None:
    person = screen.reader.person
    await keep_alerts.drop(person, press.subject)
    await screen.toast(query, screen.reader.t("alert.deleted"))
    view = alerts_view(screen.reader, await keep_alerts.mine(person))
    await screen.change(press.message_id, view, photo=False)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(alert, Command("alert", ignore_case=True))
    router.message.register(alerts, Command("alerts", ignore_case=True))
    router.callback_query.register(drop, Pressed(Verb.DROP_ALERT))
    router.callback_query.register(set_pressed, Pressed(Verb.SET_ALERT))
    router.callback_query.register(leave, Pressed(Verb.LEAVE))
    return router
