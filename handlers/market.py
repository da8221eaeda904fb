"""/market: how the markets stand, one of them whole, and how far their numbers can be trusted."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.owner import ChangeSettings
from core.watching import ReadMarket
from handlers.arguments import symbol
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.market import market_card, market_list
from handlers.views.view import Verb, View


async def market(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    read_market: ReadMarket,
    change_settings: ChangeSettings,
) -> None:
    if command.args:
        wanted = symbol(command.args, change_settings.available, "usage.market")
        await screen.show(await _card(wanted, screen, read_market, change_settings))
    else:
        await screen.show(await _list(screen, read_market, change_settings))


async def market_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_market: ReadMarket,
    change_settings: ChangeSettings,
) -> None:
    """In place where the message has a picture already, else as a new one."""
    await screen.toast(query)
    view = await _card(press.subject, screen, read_market, change_settings)
    if press.photo and view.picture:
        await screen.change(press.message_id, view, photo=True)
    else:
        await screen.show(view)


async def markets_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_market: ReadMarket,
    change_settings: ChangeSettings,
) -> None:
    await screen.toast(query)
    view = await _list(screen, read_market, change_settings)
    if press.photo:
        await screen.show(view)
    else:
        await screen.change(press.message_id, view, photo=False)


async def _card(
    wanted: str, screen: Screen, read_market: ReadMarket, change_settings: ChangeSettings
) -> View:
    frame = (await change_settings.read()).timeframe
    (facts,) = await read_market((wanted,), frame)
    return market_card(screen.reader, facts, frame)


async def _list(screen: Screen, read_market: ReadMarket, change_settings: ChangeSettings) -> View:
    settings = await change_settings.read()
    every = await read_market(settings.symbols, settings.timeframe)
    return market_list(screen.reader, every)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(market, Command("market", ignore_case=True))
    router.callback_query.register(market_pressed, Pressed(Verb.MARKET))
    router.callback_query.register(markets_pressed, Pressed(Verb.MARKETS))
    return router
