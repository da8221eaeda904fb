"""Button presses: who pressed what, whether the bot answered, and whether it was in time."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.people import Person
from bot.demo.telegram.room import Journal, Message

LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Toast:
    """The bot's answer to a press; without a text nothing is shown."""

    seq: int
    chat_id: int
    text: str
    show_alert: bool
    url: str

    def view(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "text": self.text or None,
            "show_alert": self.show_alert,
            "url": self.url or None,
        }


@dataclass(slots=True)
class Press:
    """One press of a button; it changes twice: when it is delivered and when answered."""

    id: str
    person: Person
    message: Message
    data: str
    delivered_at: float | None = None
    answer: Toast | None = None

    def wire(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self.id,
            "from": self.person.wire(),
            "message": message,
            "chat_instance": str(self.message.chat.id * 7919),
            "data": self.data,
        }


class Presses:
    """All presses of buttons, open and answered."""

    def __init__(self, journal: Journal, monotonic: Callable[[], float], lifetime: float) -> None:
        self._journal = journal
        self._monotonic = monotonic
        self._lifetime = lifetime
        self._presses: dict[str, Press] = {}
        self._toasts: list[Toast] = []

    def begin(self, person: Person, message: Message, data: str) -> Press:
        press = Press(str(secrets.randbits(62)), person, message, data)
        self._presses[press.id] = press
        return press

    def delivered(self, press_id: str) -> None:
        """From its first delivery on, a press does not wait for long."""
        press = self._presses.get(press_id)
        if press is not None and press.delivered_at is None:
            press.delivered_at = self._monotonic()

    def answer(self, press_id: str, text: str, url: str, *, show_alert: bool) -> None:
        press = self._presses.get(press_id)
        if press is None or press.answer is not None or self._too_old(press):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if len(text) > LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        chat_id = press.message.chat.id
        press.answer = Toast(self._journal.next(), chat_id, text, show_alert, url)
        self._toasts.append(press.answer)

    def toasts(self, chat_id: int, seq: int) -> list[Toast]:
        """The answers worth showing in a chat after a number."""
        return [
            toast
            for toast in self._toasts
            if toast.chat_id == chat_id and toast.seq > seq and (toast.text or toast.url)
        ]

    def _too_old(self, press: Press) -> bool:
        if press.delivered_at is None:
            return False
        return self._monotonic() - press.delivered_at > self._lifetime
