"""Taking messages back, within two days."""

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.table import pointed_at
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.room import Message
from bot.demo.telegram.service import Service

TWO_DAYS = 48 * 60 * 60
MOST_AT_ONCE = 100


async def delete_message(service: Service, arguments: Arguments) -> bool:
    chat = service.contacts.find(arguments.text("chat_id"))
    message = pointed_at(service, chat, arguments, "message to delete")
    _check(service, message)
    service.room.delete(message)
    return True


async def delete_messages(service: Service, arguments: Arguments) -> bool:
    """Those that are already gone are skipped in silence."""
    chat = service.contacts.find(arguments.text("chat_id"))
    wanted = arguments.decoded("message_ids")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(message_id, int) for message_id in wanted):
        raise bad_request("can't parse message identifiers")
    found = [service.room.find(chat.id, message_id) for message_id in wanted]
    messages = [message for message in found if message is not None]
    for message in messages:
        _check(service, message)
    for message in messages:
        service.room.delete(message)
    return True


def _check(service: Service, message: Message) -> None:
    if not message.by_bot and message.chat.type != "private":
        raise bad_request("message can't be deleted")
    if service.room.age(message) > TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")


METHODS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
