"""Messages as the Bot API writes them."""

from typing import Any

from bot.demo.telegram.room import Content, Message, Room


def message_wire(room: Room, message: Message, *, nested: bool = False) -> dict[str, Any]:
    """A message with all that belongs to it; of what it answers only the first step."""
    draft = message.draft
    parts: dict[str, Any] = {
        "message_id": message.id,
        "from": message.sender.wire(),
        "chat": message.chat.wire(),
        "date": int(message.date.timestamp()),
        **_origin(message),
        **_content(message.content),
    }
    replied = room.find(message.chat.id, draft.reply_to) if draft.reply_to else None
    if replied is not None and not nested:
        parts["reply_to_message"] = message_wire(room, replied, nested=True)
    if message.edited_at:
        parts["edit_date"] = int(message.edited_at.timestamp())
    if draft.protected:
        parts["has_protected_content"] = True
    if message.markup and "inline_keyboard" in message.markup:
        parts["reply_markup"] = message.markup
    return parts


def _content(content: Content) -> dict[str, Any]:
    text, entities = ("caption", "caption_entities") if content.has_media else ("text", "entities")
    parts: dict[str, Any] = {}
    if content.photo:
        parts["photo"] = content.photo.photo()
    if content.document:
        parts["document"] = content.document.document()
    if content.text.text or not content.has_media:
        parts[text] = content.text.text
    if content.text.entities:
        parts[entities] = content.text.wire()
    return parts


def _origin(message: Message) -> dict[str, Any]:
    if not message.draft.forwarded:
        return {}
    date = int(message.date.timestamp())
    stranger = {"id": 777_000_001, "is_bot": False, "first_name": "Someone else"}
    return {"forward_origin": {"type": "user", "date": date, "sender_user": stranger}}
