"""Who may come in: the desk's people, in their own chat. Everybody else hears nothing."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.types import Chat, Message, TelegramObject, Update, User

from bot.presence import Presence
from core.domain.account import DeskAccount, Roster
from core.domain.market import Origin
from core.domain.people import Language, Person
from core.owner import PairOwner, newcomer
from core.ports import Clock, Ledger, Won
from handlers.screens import Buttons, Cards, Painter, Screen
from handlers.views.view import View
from handlers.words import Reader, Words

logger = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Screens:
    """Makes a screen for a person, about an account."""

    bot: Bot
    buttons: Buttons
    cards: Cards
    painter: Painter
    wall: Clock
    words: Words
    won: Won
    origin: Origin

    def of(self, person: Person, account: DeskAccount) -> Screen:
        won = self.won.rate()
        rate = won.rate if won else None
        reader = Reader(person, self.words[person.language], rate, account)
        return Screen(
            self.bot,
            person.chat,
            reader,
            self.buttons,
            self.cards,
            self.painter,
            self.wall,
            self.origin,
        )


class Door(BaseMiddleware):
    """Deny by default. Lets `/start CODE` through as long as nobody owns the desk."""

    def __init__(
        self,
        ledger: Ledger,
        screens: Screens,
        pair: PairOwner | None,
        clock: Clock,
        presence: Presence,
        roster: Roster,
    ) -> None:
        self._ledger = ledger
        self._screens = screens
        self._pair = pair
        self._clock = clock
        self._presence = presence
        self._roster = roster

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user, chat = data.get("event_from_user") or _silent(event), data.get("event_chat")
        if not (isinstance(user, User) and isinstance(chat, Chat)) or user.is_bot:
            return None
        person = await self._known(user, chat) or await self._paired(event, user, chat)
        if person is None:
            logger.warning("refused: user %s in chat %s", user.id, chat.id)
            return None
        self._presence.touch(self._clock.now())
        data |= {"person": person, "screen": self._screen(person)}
        return await handler(event, data)

    async def _known(self, user: User, chat: Chat) -> Person | None:
        people = await self._ledger.people()
        return next((p for p in people if p.id == user.id and p.chat == chat.id), None)

    async def _paired(self, event: TelegramObject, user: User, chat: Chat) -> Person | None:
        message = event.message if isinstance(event, Update) else None
        code = _pairing_code(message)
        if self._pair is None or code is None or chat.type != ChatType.PRIVATE:
            return None
        language = _language(user, self._pair.default_language)
        person = newcomer(user.id, chat.id, user.first_name, language)
        if not await self._pair(code, person):
            return None
        screen = self._screen(person)
        await screen.show(View(screen.reader.t("start.paired")))
        return replace(person)

    def _screen(self, person: Person) -> Screen:
        """About the account that this person means."""
        meant = self._roster.find(person.account) or self._roster.main
        return self._screens.of(person, meant)


def _silent(event: TelegramObject) -> User | None:
    """Who has stopped an answer is not said: in a private chat it can only be one."""
    stopped = event.stopped_message_generation if isinstance(event, Update) else None
    if stopped is None or stopped.chat.type != ChatType.PRIVATE:
        return None
    return User(id=stopped.chat.id, is_bot=False, first_name=stopped.chat.first_name or "")


def _pairing_code(message: Message | None) -> str | None:
    command, _, code = (message.text if message and message.text else "").partition(" ")
    return code.strip() or None if command.lower() == "/start" else None


def _language(user: User, otherwise: Language) -> Language:
    spoken = (user.language_code or "")[:2]
    return Language(spoken) if spoken in set(Language) else otherwise
