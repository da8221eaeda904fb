"""Which button was pressed? A verb, and an id whose row says the rest."""

from dataclasses import dataclass
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery

from core.domain.ledger import Button, Claim
from core.errors import ButtonSpent
from handlers.screens import Screen
from handlers.views.view import Verb


@dataclass(frozen=True, slots=True)
class Press:
    """A button that may be honoured, and the claim that spends it."""

    subject: str
    argument: str
    claim: Claim | None
    message_id: int
    photo: bool


class Pressed(Filter):
    """Lets a handler have the presses of its verbs; raises ButtonSpent for what must not count."""

    def __init__(self, *verbs: Verb) -> None:
        self._verbs = {verb.value: verb for verb in verbs}

    async def __call__(self, query: CallbackQuery, screen: Screen) -> bool | dict[str, Any]:
        verb, _, identity = (query.data or "").partition(":")
        if verb not in self._verbs:
            return False
        now = screen.wall.now()
        button = await screen.buttons.look(identity, query.from_user.id, screen.chat, now)
        if button.verb != verb or query.message is None:
            raise ButtonSpent(button=identity)
        claim = Claim(identity, query.from_user.id, screen.chat, now) if button.once else None
        return {"press": _press(button, claim, query), "verb": self._verbs[verb]}


def _press(button: Button, claim: Claim | None, query: CallbackQuery) -> Press:
    message = query.message
    return Press(
        subject=button.subject,
        argument=button.argument,
        claim=claim,
        message_id=message.message_id if message else 0,
        photo=bool(getattr(message, "photo", None)),
    )
