"""Messages as the person sees them."""

from datetime import UTC
from typing import Any

from bot.demo.telegram.markup import Markup, rows_of
from bot.demo.telegram.people import Chat
from bot.demo.telegram.rendering import rendered
from bot.demo.telegram.room import Content, Draft, Message, Room

TYPED = ("keyboard", "remove_keyboard", "force_reply")


def message_view(room: Room, message: Message) -> dict[str, Any]:
    """Everything the page needs to draw one message; of a deleted one nothing but the frame."""
    draft = Draft(Content()) if message.deleted else message.draft
    content = draft.content
    return {
        "id": message.id,
        "seq": message.seq,
        "date": message.date.astimezone(UTC).isoformat(),
        "from": "bot" if message.by_bot else message.sender.id,
        "text": content.text.text,
        "html": rendered(content.text),
        **_media(content),
        "buttons": [[_button(button) for button in row] for row in rows_of(draft.markup)],
        "keyboard": _keyboard(draft.markup),
        "reply_to": _reply(room, message.chat, draft.reply_to),
        "silent": draft.silent,
        "forwarded": draft.forwarded,
        "edited": message.edited_at is not None,
        "deleted": message.deleted,
    }


def _media(content: Content) -> dict[str, Any]:
    photo, document = content.photo, content.document
    return {
        "photo": photo.address if photo else None,
        "photo_size": list(photo.size) if photo and photo.size else None,
        "document": document
        and {
            "name": document.upload.name,
            "url": document.address,
            "size": len(document.upload.data),
        },
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    copied = button.get("copy_text")
    return {
        "label": button["text"],
        "callback_data": button.get("callback_data"),
        "url": button.get("url"),
        "style": button.get("style"),
        "copy": copied.get("text") if isinstance(copied, dict) else None,
    }


def _keyboard(markup: Markup | None) -> dict[str, Any] | None:
    """The keyboard that stands in for the text field, or that takes it away."""
    if markup is None or not any(name in markup for name in TYPED):
        return None
    return {
        "rows": [[button["text"] for button in row] for row in markup.get("keyboard", [])],
        "remove": bool(markup.get("remove_keyboard")),
        "force_reply": bool(markup.get("force_reply")),
        "one_time": bool(markup.get("one_time_keyboard")),
        "placeholder": markup.get("input_field_placeholder"),
    }


def _reply(room: Room, chat: Chat, message_id: int | None) -> dict[str, Any] | None:
    message = room.find(chat.id, message_id) if message_id else None
    if message is None:
        return None
    return {
        "id": message.id,
        "from": "bot" if message.by_bot else message.sender.id,
        "text": message.content.text.text[:120],
    }
