"""/start, /help: hello, and what the desk can do."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message

from core.accounts import ReadAccounts
from core.reading import ReadStatus
from handlers.accounts import beside
from handlers.screens import Screen
from handlers.views.status import help_view, status_view
from handlers.views.view import View

COMMANDS = (
    "start",
    "analyze",
    "market",
    "chart",
    "positions",
    "long",
    "short",
    "limit",
    "close",
    "sl",
    "tp",
    "status",
    "report",
    "orders",
    "history",
    "why",
    "balance",
    "account",
    "analysts",
    "calibration",
    "verifier",
    "me",
    "portfolio",
    "news",
    "budget",
    "backtest",
    "optimize",
    "walkforward",
    "backtests",
    "alert",
    "alerts",
    "watch",
    "unwatch",
    "events",
    "settings",
    "keys",
    "pause",
    "resume",
    "panic",
    "cancel",
    "help",
)


async def start(
    _message: Message, screen: Screen, read_status: ReadStatus, read_accounts: ReadAccounts
) -> None:
    status = status_view(screen.reader, await read_status())
    hello = screen.reader.t.of("hello", screen.reader.account.mode)
    view = View(f"{hello}\n\n{status.text}", status.keyboard)
    await screen.show(await beside(screen, view, read_accounts))


async def show_help(_message: Message, screen: Screen) -> None:
    await screen.show(help_view(screen.reader, COMMANDS))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(start, CommandStart(ignore_case=True))
    router.message.register(show_help, Command("help", ignore_case=True))
    return router
