"""Whatever nobody else understood gets an answer too: text, unknown commands, stale buttons."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.screens import Screen
from handlers.start import COMMANDS
from handlers.views.status import help_view
from handlers.views.view import View


async def unknown(message: Message, screen: Screen) -> None:
    t = screen.reader.t
    text = message.text or ""
    said = t("fallback.command") if text.startswith("/") else t("fallback.text")
    await screen.show(View(f"{said}\n\n{help_view(screen.reader, COMMANDS).text}"))


async def edited(_message: Message, screen: Screen) -> None:
    await screen.show(View(screen.reader.t("fallback.edited")))


async def stale(query: CallbackQuery, screen: Screen) -> None:
    await screen.toast(query, screen.reader.t("error.button_spent"), show_alert=True)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(unknown)
    router.edited_message.register(edited)
    router.callback_query.register(stale)
    return router
