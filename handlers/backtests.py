"""/backtest, /optimize, /walkforward: would the desk have earned anything? Asked, run, stopped."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.backtest.record import Kind
from core.domain.people import Person
from core.owner import ChangeSettings
from handlers.asking import read, told, usual
from handlers.following import Bench
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.backtest.form import form
from handlers.views.view import Verb


async def typed(
    _message: Message,
    command: CommandObject,
    person: Person,
    screen: Screen,
    change_settings: ChangeSettings,
    bench: Bench,
) -> None:
    """With words behind it at once; without any a form to tap."""
    kind, settings = Kind(command.command.lower()), await change_settings.read()
    choices = change_settings.choices
    if not command.args:
        await screen.show(form(screen.reader, usual(kind, settings), settings, choices))
        return
    request = read(kind, command.args, settings, choices)
    filed = await bench.run(person, request, told(request))
    await bench.shows(screen, filed.id)


async def change(
    query: CallbackQuery, press: Press, screen: Screen, change_settings: ChangeSettings
) -> None:
    """Another choice in the form."""
    settings, choices = await change_settings.read(), change_settings.choices
    request = read(Kind(press.subject), press.argument, settings, choices)
    await screen.toast(query)
    view = form(screen.reader, request, settings, choices)
    await screen.change(press.message_id, view, photo=False)


async def start(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    change_settings: ChangeSettings,
    bench: Bench,
) -> None:
    """A form turns into what it has started; under a card it is a message of its own."""
    settings, choices = await change_settings.read(), change_settings.choices
    request = read(Kind(press.subject), press.argument, settings, choices)
    filed = await bench.run(person, request, told(request), press.claim)
    await screen.toast(query)
    if press.photo:
        await bench.shows(screen, filed.id)
    else:
        await bench.follows(screen, filed.id, press.message_id)


async def stop(
    query: CallbackQuery, press: Press, person: Person, screen: Screen, bench: Bench
) -> None:
    """It may take some seconds; what has ended meanwhile is shown as it is."""
    await bench.run.stop(person, press.subject)
    await screen.toast(query, screen.reader.t("progress.stopping"))
    if not bench.read.runs(press.subject):
        await bench.follows(screen, press.subject, press.message_id)


def build() -> Router:
    router = Router(name=__name__)
    for kind in Kind:
        router.message.register(typed, Command(kind.value, ignore_case=True))
    router.callback_query.register(change, Pressed(Verb.FORM))
    router.callback_query.register(start, Pressed(Verb.TEST))
    router.callback_query.register(stop, Pressed(Verb.STOP_TEST))
    return router
