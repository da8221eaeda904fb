"""A conversation as aiogram sees it all day: updates in, handlers, calls out, answers back."""

import json
import re
import secrets
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from pydantic_core import to_jsonable_python

PERSON = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "en", "is_new": True}
CHAT = {"id": 7, "type": "private", "first_name": "Ada"}
ORIGIN = {"type": "user", "date": 1_790_000_000, "sender_user": PERSON}
PICTURE = {"file_id": "f", "file_unique_id": "u", "width": 1280, "height": 720}
MESSAGE = {"message_id": 3, "date": 1_790_000_001, "chat": CHAT, "from": PERSON, "text": "/start"}
ENTITY = {"type": "bot_command", "offset": 0, "length": 6}
BUTTONS = {"inline_keyboard": [[{"text": "Approve", "callback_data": "p:k7q2e:yes"}]]}
TAP = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "p:k7q2e:yes"}
OLD = {"chat": CHAT, "message_id": 3, "date": 0}
MEMBER = {"user": PERSON, "status": "kicked", "until_date": 0}
JOINED = {"old_chat_member": {"user": PERSON, "status": "member"}, "new_chat_member": MEMBER}
UPDATES: list[dict[str, Any]] = [
    {"update_id": 1, "message": MESSAGE | {"entities": [ENTITY], "reply_to_message": MESSAGE}},
    {"update_id": 2, "edited_message": MESSAGE | {"forward_origin": ORIGIN, "edit_date": 5}},
    {"update_id": 3, "callback_query": TAP | {"message": MESSAGE | {"reply_markup": BUTTONS}}},
    {"update_id": 4, "callback_query": TAP | {"message": OLD}},
    {"update_id": 5, "message": MESSAGE | {"photo": [PICTURE], "caption": "BTC", "text": None}},
    {"update_id": 6, "my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1} | JOINED},
]

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Approve", callback_data="p:k7q2e:yes")]]
)


class Tap(CallbackData, prefix="p"):
    """A subclass of ours, made after the import."""

    proposal_id: str
    verb: str


class Recorder(AiohttpSession):
    """Writes down what would be sent, and what is made of Telegram's answer."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[object] = []

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        fields = self.build_form_data(bot, method)._fields
        self.sent.append([type(method).__name__, [plain(field) for field in fields]])
        result = True if method.__returning__ is bool else MESSAGE
        text = json.dumps({"ok": True, "result": result})
        answer = self.check_response(bot, method, 200, text).result
        self.sent.append([plain(repr(answer)), getattr(answer, "bot", None) is bot])
        return answer

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


async def on_message(message: Message, said: list[object]) -> None:
    told = await message.answer("<b>hello</b>", reply_markup=KEYBOARD)
    await told.edit_text("again", reply_markup=KEYBOARD)
    await message.answer_photo(BufferedInputFile(b"png", "chart.png"), caption="chart")
    said.append(plain(to_jsonable_python([message.from_user, message.chat])))


async def on_tap(query: CallbackQuery, callback_data: Tap) -> None:
    await query.answer(callback_data.verb, show_alert=True)


async def on_member(update: Update, said: list[object]) -> None:
    said.append(plain(repr(update)))


async def talk() -> list[object]:
    """All that was sent, received and said."""
    secrets.token_urlsafe = lambda length: "name"
    session = Recorder()
    said: list[object] = []
    bot = Bot("42:abc", session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher(said=said)
    dispatcher.message.register(on_message)
    dispatcher.edited_message.register(on_message)
    dispatcher.callback_query.register(on_tap, Tap.filter(F.verb == "yes"))
    dispatcher.my_chat_member.register(on_member)
    for update in UPDATES:
        await dispatcher.feed_raw_update(bot, update)
        said.append(plain(Update.model_validate(update).model_dump()))
    asking = GetUpdates(offset=7, allowed_updates=["message"]).as_(bot)
    return [*session.sent, *said, plain(asking.model_dump()), asking.bot is bot]


def plain(text: object) -> str:
    """Without the addresses of objects, which differ from process to process."""
    return re.sub(r"0x[0-9a-f]+|(?<=:)\d{9,}", "0x", str(text))
