"""What a bot may know and pin in a chat."""

from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.table import pointed_at
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service

#: What every account accepts unless it says otherwise; the Bot API insists on telling.
GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


async def get_chat(service: Service, arguments: Arguments) -> dict[str, Any]:
    chat = service.contacts.find(arguments.text("chat_id"))
    pinned = [service.room.find(chat.id, message_id) for message_id in chat.pinned]
    shown = [message for message in pinned if message is not None]
    return {
        **chat.wire(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": GIFTS,
        **({"pinned_message": service.wire(shown[-1])} if shown else {}),
    }


async def pin_chat_message(service: Service, arguments: Arguments) -> bool:
    chat = service.contacts.writable(arguments.text("chat_id"))
    message = pointed_at(service, chat, arguments, "message to pin")
    service.contacts.pin(chat, message.id)
    service.journal.next()
    return True


async def unpin_chat_message(service: Service, arguments: Arguments) -> bool:
    chat = service.contacts.writable(arguments.text("chat_id"))
    newest = chat.pinned[-1] if chat.pinned else 0
    wanted = arguments.integer("message_id", default=newest)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    service.contacts.unpin(chat, wanted)
    service.journal.next()
    return True


METHODS = {
    "getChat": get_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
