"""/start, /help, /cancel: hello, what the desk can do, and nothing left half done."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message

from core.reading import ReadStatus
from handlers.screens import Screen
from handlers.views.status import help_view, status_view
from handlers.views.view import View

COMMANDS = (
    "start",
    "analyze",
    "market",
    "chart",
    "positions",
    "status",
    "report",
    "orders",
    "history",
    "why",
    "balance",
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


async def start(_message: Message, screen: Screen, read_status: ReadStatus) -> None:
    status = status_view(screen.reader, await read_status())
    hello = screen.reader.t("start.hello")
    await screen.show(View(f"{hello}\n\n{status.text}", status.keyboard))


async def show_help(_message: Message, screen: Screen) -> None:
    await screen.show(help_view(screen.reader, COMMANDS))


async def cancel(_message: Message, screen: Screen) -> None:
    """Nothing waits for typed input here; the answer says where waiting things are."""
    await screen.show(View(screen.reader.t("cancel.nothing")))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(start, CommandStart(ignore_case=True))
    router.message.register(show_help, Command("help", ignore_case=True))
    router.message.register(cancel, Command("cancel", ignore_case=True))
    return router
