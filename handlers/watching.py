"""/watch, /unwatch: which symbols the desk looks at and trades, by the rules of the settings screen."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from core.owner import ChangeSettings, must_be_trader
from handlers.arguments import symbol
from handlers.screens import Screen
from handlers.views.phrases import coin
from handlers.views.status import settings_view
from handlers.views.view import View


async def watch(
    _message: Message, command: CommandObject, screen: Screen, change_settings: ChangeSettings
) -> None:
    wanted = _named(command, change_settings.available)
    if wanted:
        must_be_trader(screen.reader.person)
    lines = [await _watch(name, screen, change_settings) for name in wanted]
    await _show(lines, screen, change_settings)


async def unwatch(
    _message: Message, command: CommandObject, screen: Screen, change_settings: ChangeSettings
) -> None:
    """Also one that the market has taken off its list meanwhile."""
    current = (await change_settings.read()).symbols
    known = tuple(dict.fromkeys((*current, *change_settings.available)))
    wanted = _named(command, known)
    if wanted:
        must_be_trader(screen.reader.person)
    lines = [await _unwatch(name, screen, change_settings) for name in wanted]
    await _show(lines, screen, change_settings)


def _named(command: CommandObject, known: tuple[str, ...]) -> tuple[str, ...]:
    """All are read before the first is changed."""
    words = (command.args or "").replace(",", " ").split()
    return tuple(dict.fromkeys(symbol(word, known) for word in words))


async def _watch(name: str, screen: Screen, change_settings: ChangeSettings) -> str:
    if name in (await change_settings.read()).symbols:
        return screen.reader.t("watch.already", coin=coin(name))
    await change_settings.toggle_symbol(name)
    return screen.reader.t("watch.added", coin=coin(name))


async def _unwatch(name: str, screen: Screen, change_settings: ChangeSettings) -> str:
    current = (await change_settings.read()).symbols
    if name not in current:
        return screen.reader.t("watch.not", coin=coin(name))
    if len(current) == 1:
        return screen.reader.t("watch.last", coin=coin(name))
    await change_settings.toggle_symbol(name)
    return screen.reader.t("watch.removed", coin=coin(name))


async def _show(lines: Sequence[str], screen: Screen, change_settings: ChangeSettings) -> None:
    """The list with its buttons, so that the next change is a tap."""
    settings = await change_settings.read()
    page = settings_view(screen.reader, settings, change_settings.choices, "symbols")
    now = ", ".join(coin(name) for name in settings.symbols)
    watched = screen.reader.t("watch.now", symbols=now)
    await screen.show(View("\n".join([*lines, watched, page.text]), page.keyboard))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(watch, Command("watch", ignore_case=True))
    router.message.register(unwatch, Command("unwatch", ignore_case=True))
    return router
