"""Who there is: the person at the phone, others who drop in, their chats, and the bot."""

from dataclasses import dataclass, replace
from typing import Any

from bot.demo.telegram.errors import bad_request, forbidden


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a Telegram account."""

    id: int
    first_name: str
    language_code: str
    username: str | None = None

    def wire(self) -> dict[str, Any]:
        name = {"username": self.username} if self.username else {}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **name,
            "language_code": self.language_code,
        }


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The bot as Telegram introduces it."""

    id: int
    title: str
    username: str

    def wire(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.title,
            "username": self.username,
        }

    def me(self) -> dict[str, Any]:
        return {
            **self.wire(),
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat carries the person's id; a group's id is negative."""

    id: int
    title: str
    username: str | None = None
    pinned: tuple[int, ...] = ()

    @property
    def type(self) -> str:
        if self.id > 0:
            return "private"
        return "supergroup" if str(self.id).startswith("-100") else "group"

    def wire(self) -> dict[str, Any]:
        name = "first_name" if self.type == "private" else "title"
        username = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.type, name: self.title, **username}


class Contacts:
    """Everyone the bot could meet, and with whom it may speak."""

    def __init__(self, owner: Person) -> None:
        self.owner = owner
        self._people = {owner.id: owner}
        self._chats: dict[int, Chat] = {}
        self._blocked: set[int] = set()

    def person(self, person_id: int) -> Person:
        """A stranger gets an account at once, in the owner's language."""
        stranger = Person(person_id, f"User {person_id}", self.owner.language_code)
        return self._people.setdefault(person_id, stranger)

    def meet(self, person: Person, chat_id: int) -> Chat:
        """The person writes here: from now on the bot may, too."""
        if chat_id not in self._chats:
            private = Chat(chat_id, person.first_name, person.username)
            self._chats[chat_id] = private if chat_id > 0 else Chat(chat_id, f"Group {-chat_id}")
        return self._chats[chat_id]

    def block(self, chat_id: int, *, blocked: bool) -> bool:
        """Bar the bot or let it in again, and say whether that changed anything."""
        changed = blocked is not (chat_id in self._blocked)
        (self._blocked.add if blocked else self._blocked.discard)(chat_id)
        return changed

    def find(self, chat_id: str) -> Chat:
        """The chat a bot names; it need not be allowed to write there."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        number = int(chat_id) if chat_id.removeprefix("-").isdecimal() else 0
        if number not in self._chats and number in self._people:
            raise forbidden("bot can't initiate conversation with a user")
        if number not in self._chats:
            raise bad_request("chat not found")
        return self._chats[number]

    def writable(self, chat_id: str) -> Chat:
        chat = self.find(chat_id)
        if chat.id in self._blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def pinned(self, chat_id: int) -> int | None:
        """The message that was pinned last."""
        chat = self._chats.get(chat_id)
        return chat.pinned[-1] if chat and chat.pinned else None

    def pin(self, chat: Chat, message_id: int) -> None:
        others = tuple(pinned for pinned in chat.pinned if pinned != message_id)
        self._chats[chat.id] = replace(chat, pinned=(*others, message_id))

    def unpin(self, chat: Chat, message_id: int) -> None:
        left = tuple(pinned for pinned in chat.pinned if pinned != message_id)
        self._chats[chat.id] = replace(chat, pinned=left)
