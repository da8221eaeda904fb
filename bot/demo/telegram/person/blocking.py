"""The person shuts the door on the bot, or opens it again."""

from typing import Any

from bot.demo.telegram.person.body import Body
from bot.demo.telegram.person.identity import who
from bot.demo.telegram.service import Service


def block(service: Service, body: Body) -> bool:
    """Block or unblock in the private chat, and let the bot know of the change."""
    person = who(service, body)
    blocked = body.flag("blocked")
    chat = service.contacts.meet(person, person.id)
    if service.contacts.block(chat.id, blocked=blocked):
        change = {
            "chat": chat.wire(),
            "from": person.wire(),
            "date": int(service.now().timestamp()),
            "old_chat_member": _membership(service, barred=not blocked),
            "new_chat_member": _membership(service, barred=blocked),
        }
        service.updates.put("my_chat_member", change)
    return blocked


def _membership(service: Service, *, barred: bool) -> dict[str, Any]:
    user = service.account.wire()
    if barred:
        return {"status": "kicked", "user": user, "until_date": 0}
    return {"status": "member", "user": user}
