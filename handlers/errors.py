"""The one place where an error of the desk becomes words."""

import logging

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from core.errors import BadArgument, DeskError
from handlers.screens import Screen
from handlers.views.view import View

logger = logging.getLogger(__name__)


async def explain(event: ErrorEvent, screen: Screen) -> None:
    error = event.exception
    if not isinstance(error, DeskError):
        raise TypeError(f"registered for DeskError only, was {error!r}")
    logger.info("refused: %s (%s)", error.code, error)
    text = screen.reader.t(error.code, **error.numbers)
    if isinstance(error, BadArgument):
        text += "\n" + screen.reader.t(error.usage)
    query = event.update.callback_query
    if query is None or not await _alerted(event, text):
        await screen.show(View(text))


async def _alerted(event: ErrorEvent, text: str) -> bool:
    """False when the press was answered already; then only a message is left."""
    query = event.update.callback_query
    try:
        if query:
            await query.answer(text[:200], show_alert=True)
    except TelegramBadRequest:
        return False
    return True


def build() -> Router:
    router = Router(name=__name__)
    router.errors.register(explain, ExceptionTypeFilter(DeskError))
    return router
