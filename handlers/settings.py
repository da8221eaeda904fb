"""/settings: profile and limits, who says yes, symbols, timeframe, language."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.domain.market import Timeframe
from core.domain.people import Absence, AccountSettings, Approval, Language, Profile
from core.owner import ChangeSettings
from core.persons import ChangePerson
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.status import settings_view
from handlers.views.view import Verb
from handlers.words import Words

PAGE = {
    Verb.PROFILE: "",
    Verb.TARGETS: "",
    Verb.LIMIT: "limits",
    Verb.APPROVAL: "approval",
    Verb.ABSENCE: "approval",
    Verb.SMALL: "approval",
    Verb.SYMBOL: "symbols",
    Verb.TIMEFRAME: "symbols",
}


async def settings(_message: Message, screen: Screen, change_settings: ChangeSettings) -> None:
    view = settings_view(screen.reader, await change_settings.read(), change_settings.choices)
    await screen.show(view)


async def page(
    query: CallbackQuery, press: Press, screen: Screen, change_settings: ChangeSettings
) -> None:
    await screen.toast(query)
    await _show(press, screen, change_settings, await change_settings.read(), press.argument)


async def change(
    query: CallbackQuery, press: Press, verb: Verb, screen: Screen, change_settings: ChangeSettings
) -> None:
    changed = await _changed(press, verb, change_settings)
    shared = verb is Verb.TIMEFRAME and len(change_settings.roster.accounts) > 1
    said = "settings.saved_for_all" if shared else "settings.saved"
    await screen.toast(query, screen.reader.t(said))
    await _show(press, screen, change_settings, changed, PAGE[verb])


def _changed(press: Press, verb: Verb, to: ChangeSettings) -> Awaitable[AccountSettings]:
    value = press.argument
    changes: dict[Verb, Callable[[], Awaitable[AccountSettings]]] = {
        Verb.PROFILE: lambda: to.profile(Profile(value)),
        Verb.LIMIT: lambda: to.limit(press.subject, int(value)),
        Verb.APPROVAL: lambda: to.approval(Approval(value)),
        Verb.ABSENCE: lambda: to.absence(Absence(value)),
        Verb.SMALL: lambda: to.small_below(Decimal(value)),
        Verb.SYMBOL: lambda: to.toggle_symbol(press.subject),
        Verb.TIMEFRAME: lambda: to.timeframe(Timeframe(value)),
        Verb.TARGETS: lambda: to.two_targets(value == "1"),
    }
    return changes[verb]()


async def language(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    change_person: ChangePerson,
    change_settings: ChangeSettings,
    words: Words,
) -> None:
    chosen = Language(press.argument)
    person = await change_person.language(screen.reader.person, chosen)
    screen = screen.read_by(replace(screen.reader, person=person, t=words[chosen]))
    await screen.toast(query, screen.reader.t("settings.saved"))
    await _show(press, screen, change_settings, await change_settings.read(), "language")


async def _show(
    press: Press,
    screen: Screen,
    change_settings: ChangeSettings,
    current: AccountSettings,
    name: str,
) -> None:
    view = settings_view(screen.reader, current, change_settings.choices, name)
    await screen.change(press.message_id, view, photo=False)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(settings, Command("settings", ignore_case=True))
    router.callback_query.register(page, Pressed(Verb.SETTINGS))
    router.callback_query.register(change, Pressed(*PAGE))
    router.callback_query.register(language, Pressed(Verb.LANGUAGE))
    return router
