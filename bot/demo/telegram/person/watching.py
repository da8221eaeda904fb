"""The person looks: what changed in a chat since they last looked."""

from typing import Any

from bot.demo.telegram.person.stopping import draft
from bot.demo.telegram.person.views import message_view
from bot.demo.telegram.service import Service


async def messages(service: Service, chat_id: int, after: int, wait: float) -> list[Any]:
    """The changed messages of a chat; with a wait, as soon as there are any."""
    room = service.room
    await service.journal.signal.until(lambda: bool(room.since(chat_id, after)), wait)
    return [message_view(room, message) for message in room.since(chat_id, after)]


async def events(service: Service, chat_id: int, after: int, wait: float) -> dict[str, Any]:
    """All that the page must know; a page from before a restart asks for too high a number."""
    journal = service.journal
    if after > journal.seq:
        after = 0
    await journal.signal.until(lambda: journal.seq > after, wait)
    seq = journal.seq
    changed = service.room.since(chat_id, after)
    return {
        "epoch": service.epoch,
        "seq": seq,
        "messages": [message_view(service.room, message) for message in changed],
        "toasts": toasts(service, chat_id, after),
        "action": service.action(chat_id),
        "draft": draft(service, chat_id),
        "online": service.updates.online,
        "pinned": _pinned(service, chat_id),
        "commands": commands(service, chat_id),
        "description": service.profile.description_for(service.contacts.owner.language_code),
    }


def commands(service: Service, chat_id: int) -> list[dict[str, Any]]:
    """The menu, in the owner's language where the bot speaks it."""
    return service.profile.commands_for(chat_id, service.contacts.owner.language_code)


def toasts(service: Service, chat_id: int, after: int) -> list[dict[str, Any]]:
    return [toast.view() for toast in service.presses.toasts(chat_id, after)]


def _pinned(service: Service, chat_id: int) -> dict[str, Any] | None:
    newest = service.contacts.pinned(chat_id)
    message = service.room.find(chat_id, newest) if newest else None
    return {"id": message.id, "text": message.content.text.text[:160]} if message else None
