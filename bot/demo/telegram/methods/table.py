"""The shape every method of the Bot API has here, and the messages they point at."""

from collections.abc import Awaitable, Callable

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.people import Chat
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.room import Message
from bot.demo.telegram.service import Service

Method = Callable[[Service, Arguments], Awaitable[object]]


def pointed_at(service: Service, chat: Chat, arguments: Arguments, purpose: str) -> Message:
    """The message that the request names; `purpose` is how Telegram calls it when it lacks."""
    if not arguments.text("message_id"):
        raise bad_request("message identifier is not specified")
    message_id = arguments.integer("message_id")
    if message_id <= 0:
        raise bad_request("MESSAGE_ID_INVALID")
    message = service.room.find(chat.id, message_id)
    if message is None:
        raise bad_request(f"{purpose} not found")
    return message
