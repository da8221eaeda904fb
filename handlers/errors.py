"""The one place where an error becomes words."""

import logging

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from core.errors import BadArgument, DeskError
from handlers.screens import Screen
from handlers.views.view import View

logger = logging.getLogger(__name__)


async def explain(event: ErrorEvent, screen: Screen) -> None:
    """What a person may read of the desk's own errors."""
    error = event.exception
    if not isinstance(error, DeskError):
        raise TypeError(f"registered for DeskError only, was {error!r}")
    logger.info("refused: %s (%s)", error.code, error)
    text = screen.reader.t(error.code, **error.numbers)
    if isinstance(error, BadArgument):
        text += "\n" + screen.reader.t(error.usage)
    await _say(event, screen, text)


async def apologise(event: ErrorEvent, screen: Screen) -> None:
    """A bug: said plainly, then raised again for the log."""
    await _say(event, screen, screen.reader.t("error.unexpected"))
    raise event.exception


async def _say(event: ErrorEvent, screen: Screen, text: str) -> None:
    query = event.update.callback_query
    if query is None:
        await screen.show(View(text))
    else:
        await screen.toast(query, text, show_alert=True)


def build() -> Router:
    router = Router(name=__name__)
    router.errors.register(explain, ExceptionTypeFilter(DeskError))
    router.errors.register(apologise)
    return router
