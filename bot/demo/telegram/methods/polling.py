"""How a bot hears what happened: long polling, and the webhook that is never set."""

from typing import Any

from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service


async def get_updates(service: Service, arguments: Arguments) -> list[dict[str, Any]]:
    allowed = arguments.decoded("allowed_updates")
    if isinstance(allowed, list):
        service.updates.allow([str(kind) for kind in allowed])
    updates = await service.updates.read(
        arguments.integer("offset"),
        arguments.integer("limit", default=100),
        arguments.integer("timeout"),
    )
    for update in updates:
        if update.kind == "callback_query":
            service.presses.delivered(update.payload["id"])
    return [update.wire() for update in updates]


async def delete_webhook(service: Service, arguments: Arguments) -> bool:
    if arguments.flag("drop_pending_updates"):
        service.updates.clear()
    return True


async def get_webhook_info(service: Service, _: Arguments) -> dict[str, Any]:
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": service.updates.pending(),
    }


METHODS = {
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
