"""The person writes: a long text leaves in pieces, as a phone would send it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.demo.telegram import utf16
from bot.demo.telegram.commands import with_commands
from bot.demo.telegram.person.body import Body, Unusable
from bot.demo.telegram.person.identity import where, who
from bot.demo.telegram.room import Content, Draft, Message
from bot.demo.telegram.service import Service
from bot.demo.telegram.text import FormattedText, trimmed

LONGEST = 4096


def write(service: Service, body: Body) -> Message:
    """Send or edit; of several pieces the last is returned."""
    text = body.text("text")
    if text is None or not text.strip():
        raise Unusable('"text" must be a string with something in it.')
    edited = body.integer("edit")
    return _send(service, body, text) if edited is None else _edit(service, body, text, edited)


def pieces(text: str) -> Iterator[str]:
    """Pieces of at most 4096 UTF-16 units, cut at a line or a word where there is one."""
    rest = text.strip()
    while utf16.length(rest) > LONGEST:
        end = _cut(rest, utf16.index(rest, LONGEST))
        yield rest[:end].strip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _cut(text: str, limit: int) -> int:
    while utf16.length(text[:limit]) > LONGEST:
        limit -= 1
    for mark in ("\n", " "):
        end = text.rfind(mark, limit // 2, limit)
        if end > 0:
            return end
    return limit


def _send(service: Service, body: Body, text: str) -> Message:
    person = who(service, body)
    chat = service.contacts.meet(person, where(service, body))
    service.contacts.block(chat.id, blocked=False)
    reply_to = body.integer("reply_to")
    for piece in pieces(text):
        draft = Draft(
            Content(with_commands(FormattedText(piece))),
            reply_to=reply_to,
            forwarded=body.flag("forwarded"),
        )
        message = service.room.post(chat, person, draft)
        service.updates.put("message", service.wire(message))
    return message


def _edit(service: Service, body: Body, text: str, message_id: int) -> Message:
    message = service.room.find(where(service, body), message_id)
    if message is None or message.sender.id != who(service, body).id:
        raise Unusable("There is no such message of yours to edit.", 404)
    formatted = with_commands(trimmed(FormattedText(text)))
    if formatted.length > LONGEST:
        raise Unusable("An edited message may have at most 4096 characters.")
    changed = replace(message.content, text=formatted)
    message = service.room.edit(message, changed, message.markup)
    service.updates.put("edited_message", service.wire(message))
    return message
