"""A message that is still being written, shown as it grows."""

from bot.demo.telegram.drafts import LASTS, Preview
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.formatting import LONGEST_TEXT, parsed
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service


async def send_message_draft(service: Service, arguments: Arguments) -> bool:
    """In private chats only; an empty text is fine."""
    source, mode = arguments.text("text"), arguments.text("parse_mode")
    text = parsed(source, mode, arguments.decoded("entities"))
    chat = service.contacts.writable(arguments.text("chat_id"))
    if chat.type != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    draft_id = arguments.integer("draft_id")
    if not draft_id:
        raise bad_request("RANDOM_ID_INVALID")
    if text.length > LONGEST_TEXT:
        raise bad_request("message is too long")
    service.preview(
        Preview(
            draft_id,
            chat,
            text,
            service.monotonic() + LASTS,
            can_stop=arguments.flag("can_stop"),
            keep_on_stop=arguments.flag("keep_on_stop"),
        )
    )
    return True


METHODS = {"sendMessageDraft": send_message_draft}
