"""A forwarded message is somebody else's words: it is never taken for a command."""

from aiogram import F, Router
from aiogram.types import Message

from handlers.screens import Screen
from handlers.views.view import View


async def forwarded(_message: Message, screen: Screen) -> None:
    await screen.show(View(screen.reader.t("fallback.forwarded")))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(forwarded, F.forward_origin)
    return router
