"""All of the emulated Telegram that one bot can reach."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from bot.demo.telegram.callbacks import Presses
from bot.demo.telegram.drafts import Preview, Previews
from bot.demo.telegram.files import Files
from bot.demo.telegram.limits import Pace
from bot.demo.telegram.people import BotAccount, Chat, Contacts, Person
from bot.demo.telegram.profile import Profile
from bot.demo.telegram.room import Draft, Journal, Message, Room
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.wire import message_wire

ACTION_LASTS = 5.0


@dataclass(slots=True)
class Service:
    """The chats, the queue and the rules; methods and the person's side share it."""

    account: BotAccount
    contacts: Contacts
    journal: Journal
    room: Room
    updates: UpdateQueue
    presses: Presses
    pace: Pace
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    files: Files = field(default_factory=Files)
    profile: Profile = field(default_factory=Profile)
    previews: Previews = field(default_factory=Previews)
    actions: dict[int, tuple[str, float]] = field(default_factory=dict)
    epoch: str = field(default_factory=lambda: token_hex(8))

    def wire(self, message: Message) -> dict[str, Any]:
        return message_wire(self.room, message)

    def say(self, chat: Chat, draft: Draft) -> Message:
        """The bot writes; what it was just doing or drafting is done."""
        self.pace.send(chat.id)
        self.actions.pop(chat.id, None)
        self.previews.drop(chat.id)
        return self.room.post(chat, self.account, draft)

    def preview(self, preview: Preview) -> None:
        """The bot shows what it has written so far."""
        self.previews.show(preview)
        self.journal.next()

    def act(self, chat: Chat, action: str) -> None:
        """The bot is busy typing or uploading, for a few seconds."""
        self.actions[chat.id] = (action, self.monotonic() + ACTION_LASTS)
        self.journal.next()

    def action(self, chat_id: int) -> str | None:
        action, until = self.actions.get(chat_id, ("", 0.0))
        return action if self.monotonic() < until and action != "cancel" else None

    def close(self) -> None:
        self.updates.close()
        self.journal.signal.close()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a server may be told to be strict about."""

    paced: bool = True
    query_lifetime: float = 15.0
    monotonic: Callable[[], float] = time.monotonic
    first_update: int = 1


def open_service(
    account: BotAccount, owner: Person, now: Callable[[], datetime], rules: Rules
) -> Service:
    """A Telegram in which nobody has said anything yet."""
    journal = Journal()
    return Service(
        account=account,
        contacts=Contacts(owner),
        journal=journal,
        room=Room(journal, now),
        updates=UpdateQueue(rules.monotonic, rules.first_update),
        presses=Presses(journal, rules.monotonic, rules.query_lifetime),
        pace=Pace(rules.monotonic, enforced=rules.paced),
        now=now,
        monotonic=rules.monotonic,
    )
