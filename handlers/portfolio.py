"""/portfolio: how the account is spread, and what a model would change, for whoever pays the question."""

from functools import partial

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.owner import must_be_trader
from core.voices.balancing import AskBalance
from core.voices.portfolio import ReadPortfolio
from handlers.later import Later
from handlers.patience import patiently
from handlers.pressed import Pressed
from handlers.screens import Screen
from handlers.views.portfolio import portfolio_view
from handlers.views.view import Verb


async def portfolio(_message: Message, screen: Screen, read_portfolio: ReadPortfolio) -> None:
    shown = await read_portfolio(screen.reader.person.language)
    await screen.show(portfolio_view(screen.reader, shown))


async def ask(query: CallbackQuery, screen: Screen, ask_balance: AskBalance, later: Later) -> None:
    """The price stood on the button, so this is a yes to it."""
    must_be_trader(screen.reader.person)
    await screen.toast(query)
    await patiently(screen, later, partial(_suggest, screen, ask_balance), "portfolio.asking")


async def _suggest(screen: Screen, ask_balance: AskBalance) -> None:
    shown = await ask_balance(screen.reader.person.language)
    await screen.show(portfolio_view(screen.reader, shown))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(portfolio, Command("portfolio", ignore_case=True))
    router.callback_query.register(ask, Pressed(Verb.ASK_BALANCE))
    return router
