"""/news: what strangers have published, how old it is, how near they are, and the mood."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.errors import BadArgument
from core.news.coins import coin_named, coin_of
from core.news.reading import ReadNews
from core.owner import ChangeSettings
from handlers.arguments import named, shown
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.news import ON_A_PAGE, news_view, note_view
from handlers.views.view import Verb, View

MOST_COINS = 4


async def news(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    read_news: ReadNews,
    change_settings: ChangeSettings,
) -> None:
    coin = _coin(command.args or "", change_settings.available)
    await screen.show(await _page(screen, read_news, change_settings, coin, 0))


async def turn(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_news: ReadNews,
    change_settings: ChangeSettings,
) -> None:
    """Another coin or another page, in place."""
    await screen.toast(query)
    skip = int(press.argument or 0)
    view = await _page(screen, read_news, change_settings, press.subject, skip)
    await screen.change(press.message_id, view, photo=False)


async def note(query: CallbackQuery, screen: Screen) -> None:
    await screen.toast(query)
    await screen.show(note_view(screen.reader))


async def _page(
    screen: Screen, read_news: ReadNews, change_settings: ChangeSettings, coin: str, skip: int
) -> View:
    settings = await change_settings.read()
    coins = dict.fromkeys(coin_of(symbol) for symbol in settings.symbols[:MOST_COINS])
    page = await read_news(coin, skip, ON_A_PAGE)
    return news_view(screen.reader, page, tuple(coins))


def _coin(text: str, known: tuple[str, ...]) -> str:
    """A coin of the table, or one that is traded here. Raises BadArgument."""
    if not text.strip():
        return ""
    traded = named(text.strip(), known)
    coin = coin_named(text) or (traded and coin_of(traded))
    if coin is None:
        raise BadArgument("usage.news", text=shown(text))
    return coin


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(news, Command("news", ignore_case=True))
    router.callback_query.register(turn, Pressed(Verb.NEWS))
    router.callback_query.register(note, Pressed(Verb.NEWS_NOTE))
    return router
