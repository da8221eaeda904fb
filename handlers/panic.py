"""/panic: everything off, now. Nothing is asked, nothing else is waited for."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from core.panic import Panic


async def panic(_message: Message, panic_now: Panic) -> None:
    """The notice that panic leaves in the outbox is its answer."""
    await panic_now()


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(panic, Command("panic", ignore_case=True))
    return router
