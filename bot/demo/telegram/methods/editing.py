"""Changes to messages the bot has sent; an edit that changes nothing is refused."""

from dataclasses import replace
from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.formatting import caption, caption_of, text_of
from bot.demo.telegram.markup import Markup, inline_markup_of
from bot.demo.telegram.methods.table import pointed_at
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.room import Content, Message
from bot.demo.telegram.service import Service

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def edit_message_text(service: Service, arguments: Arguments) -> dict[str, Any]:
    text = text_of(arguments, too_long="MESSAGE_TOO_LONG")
    markup = inline_markup_of(arguments)
    message = _editable(service, arguments)
    if message.content.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(service, message, Content(text), markup)


async def edit_message_caption(service: Service, arguments: Arguments) -> dict[str, Any]:
    text = caption_of(arguments)
    markup = inline_markup_of(arguments)
    message = _editable(service, arguments)
    if not message.content.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(service, message, replace(message.content, text=text), markup)


async def edit_message_media(service: Service, arguments: Arguments) -> dict[str, Any]:
    content = _media(service, arguments)
    markup = inline_markup_of(arguments)
    return _edit(service, _editable(service, arguments), content, markup)


async def edit_message_reply_markup(service: Service, arguments: Arguments) -> dict[str, Any]:
    markup = inline_markup_of(arguments)
    message = _editable(service, arguments)
    return _edit(service, message, message.content, markup)


def _editable(service: Service, arguments: Arguments) -> Message:
    """Only the bot's own messages, and none that brought a keyboard for the text field."""
    chat = service.contacts.writable(arguments.text("chat_id"))
    message = pointed_at(service, chat, arguments, "message to edit")
    brought = message.markup is not None and "inline_keyboard" not in message.markup
    if not message.by_bot or brought:
        raise bad_request("message can't be edited")
    return message


def _edit(
    service: Service, message: Message, content: Content, markup: Markup | None
) -> dict[str, Any]:
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    service.pace.edit(message.chat.id)
    return service.wire(service.room.edit(message, content, markup))


def _media(service: Service, arguments: Arguments) -> Content:
    media = arguments.decoded("media")
    if not isinstance(media, dict):
        raise bad_request("media must be an Object")
    source = str(media.get("media") or "")
    text = caption(
        str(media.get("caption") or ""),
        str(media.get("parse_mode") or ""),
        media.get("caption_entities"),
    )
    match media.get("type"):
        case "photo":
            return Content(text, photo=service.files.photo(arguments, source, "media"))
        case "document":
            return Content(text, document=service.files.document(arguments, source, "media"))
    raise bad_request(f'can\'t parse InputMedia: type "{media.get("type")}" is unsupported')


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
