"""New messages of the bot: text, photos and documents."""

from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.formatting import caption_of, text_of
from bot.demo.telegram.markup import markup_of
from bot.demo.telegram.people import Chat
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.room import Content, Draft
from bot.demo.telegram.service import Service

ACTIONS = (
    "cancel",
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


async def send_message(service: Service, arguments: Arguments) -> dict[str, Any]:
    return _send(service, arguments, Content(text_of(arguments)))


async def send_photo(service: Service, arguments: Arguments) -> dict[str, Any]:
    photo = service.files.photo(arguments, arguments.text("photo"))
    return _send(service, arguments, Content(caption_of(arguments), photo=photo))


async def send_document(service: Service, arguments: Arguments) -> dict[str, Any]:
    document = service.files.document(arguments, arguments.text("document"))
    return _send(service, arguments, Content(caption_of(arguments), document=document))


async def send_chat_action(service: Service, arguments: Arguments) -> bool:
    action = arguments.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    service.act(service.contacts.writable(arguments.text("chat_id")), action)
    return True


def _send(service: Service, arguments: Arguments, content: Content) -> dict[str, Any]:
    markup = markup_of(arguments)
    chat = service.contacts.writable(arguments.text("chat_id"))
    draft = Draft(
        content,
        markup,
        reply_to=_reply(service, chat, arguments),
        silent=arguments.flag("disable_notification"),
        protected=arguments.flag("protect_content"),
    )
    return service.wire(service.say(chat, draft))


def _reply(service: Service, chat: Chat, arguments: Arguments) -> int | None:
    """The message that is answered; a lacking one is fine only when the bot says so."""
    parameters = arguments.decoded("reply_parameters")
    if isinstance(parameters, dict):
        wanted = parameters.get("message_id") or 0
        if not isinstance(wanted, int):
            raise bad_request('field "message_id" must be of type Number')
        tolerant = bool(parameters.get("allow_sending_without_reply"))
    else:
        wanted = arguments.integer("reply_to_message_id")
        tolerant = arguments.flag("allow_sending_without_reply")
    if not wanted:
        return None
    if service.room.find(chat.id, wanted):
        return wanted
    if not tolerant:
        raise bad_request("message to be replied not found")
    return None


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
