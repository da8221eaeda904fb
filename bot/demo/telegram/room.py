"""The messages of all chats, newest state first to be seen: every change has its number."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from bot.demo.telegram.files import StoredFile
from bot.demo.telegram.markup import Markup
from bot.demo.telegram.people import BotAccount, Chat, Person
from bot.demo.telegram.signals import Signal
from bot.demo.telegram.text import FormattedText


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows; with a photo or a document the text is its caption."""

    text: FormattedText = field(default_factory=FormattedText)
    photo: StoredFile | None = None
    document: StoredFile | None = None

    @property
    def has_media(self) -> bool:
        return self.photo is not None or self.document is not None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that has been written but not yet sent."""

    content: Content
    markup: Markup | None = None
    reply_to: int | None = None
    silent: bool = False
    protected: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a chat, as it stands after its latest change."""

    id: int
    seq: int
    chat: Chat
    sender: Person | BotAccount
    date: datetime
    draft: Draft
    edited_at: datetime | None = None
    deleted: bool = False

    @property
    def content(self) -> Content:
        return self.draft.content

    @property
    def markup(self) -> Markup | None:
        return self.draft.markup

    @property
    def by_bot(self) -> bool:
        return isinstance(self.sender, BotAccount)


class Journal:
    """One number for every change anywhere, so that nobody who looks misses one."""

    def __init__(self) -> None:
        self.seq = 0
        self.signal = Signal()

    def next(self) -> int:
        self.seq += 1
        self.signal.wake()
        return self.seq


class Room:
    """Keeps what was said, edited and deleted."""

    def __init__(self, journal: Journal, now: Callable[[], datetime]) -> None:
        self._journal = journal
        self._now = now
        self._ids = count(1)
        self._messages: dict[tuple[int, int], Message] = {}

    def post(self, chat: Chat, sender: Person | BotAccount, draft: Draft) -> Message:
        message = Message(next(self._ids), self._journal.next(), chat, sender, self._now(), draft)
        return self._keep(message)

    def edit(self, message: Message, content: Content, markup: Markup | None) -> Message:
        draft = replace(message.draft, content=content, markup=markup)
        return self._change(replace(message, draft=draft, edited_at=self._now()))

    def delete(self, message: Message) -> None:
        self._change(replace(message, deleted=True))

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """The message, unless it never was or is gone."""
        message = self._messages.get((chat_id, message_id))
        return None if message is None or message.deleted else message

    def since(self, chat_id: int, seq: int) -> list[Message]:
        """What changed in a chat after a number, in the order of the changes."""
        changed = (
            message
            for message in self._messages.values()
            if message.chat.id == chat_id and message.seq > seq
        )
        return sorted(changed, key=lambda message: message.seq)

    def age(self, message: Message) -> float:
        """In seconds of the desk's own clock, which may run faster than ours."""
        return (self._now() - message.date).total_seconds()

    def _change(self, message: Message) -> Message:
        return self._keep(replace(message, seq=self._journal.next()))

    def _keep(self, message: Message) -> Message:
        self._messages[message.chat.id, message.id] = message
        return message
