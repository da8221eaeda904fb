"""Which account is meant: that of the screen under a pressed button, else the one a person chose."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject, Update

from bot.accounts.posts import Posts
from bot.door import Screens
from core.domain.people import Person
from core.errors import ButtonSpent, NotFound
from handlers.screens import Screen

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Choosing(BaseMiddleware):
    """Hands a handler the use cases of one account, under the names by which it asks for them, and
    a screen that says whose they are. Behind the door: it needs to know the person. Raises NotFound
    for a button of an account that the desk no longer has: it must not act in another one.
    """

    def __init__(
        self, posts: Posts, screens: Screens, hands: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._posts = posts
        self._screens = screens
        self._hands = hands

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        person, screen = data["person"], data["screen"]
        pressed = await self._pressed(event, screen, person)
        post = self._posts.find(pressed or person.account) or self._posts.main
        if pressed and post.name != pressed:
            raise NotFound(account=pressed)
        data |= self._hands[post.name]
        data["screen"] = self._screens.of(person, post.account)
        return await handler(event, data)

    async def _pressed(self, event: TelegramObject, screen: Screen, person: Person) -> str:
        """A button that must not count says nothing; whoever handles it says why."""
        query = event.callback_query if isinstance(event, Update) else None
        if query is None or len(self._posts.every) == 1:
            return ""
        with suppress(ButtonSpent):
            button = await screen.buttons.look(
                _identity(query), person.id, screen.chat, screen.wall.now()
            )
            return button.account
        return ""


def _identity(query: CallbackQuery) -> str:
    return (query.data or "").partition(":")[2]
