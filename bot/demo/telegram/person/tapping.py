"""The person presses a button, by its data or by what is written on it."""

from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.callbacks import Press
from bot.demo.telegram.markup import LONGEST_DATA, rows_of
from bot.demo.telegram.person.body import Body, Unusable
from bot.demo.telegram.person.identity import where, who
from bot.demo.telegram.room import Message
from bot.demo.telegram.service import Service

PATIENCE = 10.0
SILENCE = {"answered": False, "text": None, "show_alert": False, "url": None}
Button = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tap:
    """A button of a message; what a client without scruples makes up has only data."""

    message: Message
    button: Button


async def tap(service: Service, body: Body) -> dict[str, Any]:
    """Press, then wait for the bot's answer."""
    found = _find(service, body)
    if url := found.button.get("url"):
        return {**SILENCE, "url": url}
    person = who(service, body)
    press = service.presses.begin(person, found.message, found.button["callback_data"])
    service.updates.put("callback_query", press.wire(service.wire(found.message)))
    await service.journal.signal.until(
        lambda: press.answer is not None,
        body.seconds("wait", PATIENCE),
    )
    return _outcome(press)


def _outcome(press: Press) -> dict[str, Any]:
    if press.answer is None:
        return SILENCE
    return {"answered": True, **press.answer.view()}


def _find(service: Service, body: Body) -> Tap:
    message = service.room.find(where(service, body), body.integer("message_id") or 0)
    if message is None:
        raise Unusable("There is no such message.", 404)
    data, label = body.text("callback_data"), body.text("label")
    if data is None and label is None:
        raise Unusable('Name the button by "callback_data" or by "label".')
    buttons = [button for row in rows_of(message.markup) for button in row]
    matching = _by_data(buttons, data) if data is not None else _by_label(buttons, label or "")
    pressable = [button for button in matching if "url" in button or "callback_data" in button]
    if pressable:
        return Tap(message, pressable[0])
    if data is None or not body.flag("forge") or not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise Unusable("There is no such button on this message.", 404)
    return Tap(message, {"callback_data": data})


def _by_data(buttons: list[Button], data: str) -> list[Button]:
    return [button for button in buttons if button.get("callback_data") == data]


def _by_label(buttons: list[Button], label: str) -> list[Button]:
    """The exact text wins; a part of it must be unambiguous."""
    exact = [button for button in buttons if button["text"] == label]
    partial = [button for button in buttons if label and label in button["text"]]
    return exact or (partial if len(partial) == 1 else [])
