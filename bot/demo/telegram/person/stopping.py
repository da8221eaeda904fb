"""The person has read enough, and presses Stop under what the bot is still writing."""

from typing import Any

from bot.demo.telegram.person.body import Body, Unusable
from bot.demo.telegram.person.identity import where
from bot.demo.telegram.service import Service


def stop(service: Service, body: Body) -> dict[str, Any]:
    stopped = service.previews.stop(where(service, body), service.monotonic())
    if stopped is None:
        raise Unusable("Nothing is being written that could be stopped.", 404)
    service.journal.next()
    service.updates.put("stopped_message_generation", stopped.stopped())
    return {"stopped": stopped.id}


def draft(service: Service, chat_id: int) -> dict[str, Any] | None:
    """What is being written, as the person sees it."""
    shown = service.previews.find(chat_id, service.monotonic())
    return shown.view() if shown else None
