"""The one place where an error becomes words."""

import logging

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from core.errors import BadArgument, DeskError
from handlers.screens import Screen
from handlers.views.view import View
from handlers.words import Reader

logger = logging.getLogger(__name__)


async def explain(event: ErrorEvent, screen: Screen) -> None:
    """What a person may read of the desk's own errors."""
    error = event.exception
    if not isinstance(error, DeskError):
        raise TypeError(f"registered for DeskError only, was {error!r}")
    logger.info("refused: %s (%s)", error.code, error)
    await _say(event, screen, told(screen.reader, error))


def told(reader: Reader, error: DeskError) -> str:
    """The error in words, and what to type instead where that is known."""
    text = reader.t(error.code, **error.numbers)
    return f"{text}\n{reader.t(error.usage)}" if isinstance(error, BadArgument) else text


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
