"""Puts views on somebody's screen: sends, edits in place, and remembers which card is which."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from typing import Protocol

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from core.domain.ledger import Button, Card
from core.domain.market import Origin
from core.domain.picture import CandlePicture, EquityPicture, Picture, ReliabilityPicture
from core.ports import Clock
from handlers.views.phrases import headed
from handlers.views.view import Key, Keyboard, View
from handlers.words import Reader

CAPTION_LIMIT = 1024
TEXT_LIMIT = 4096
TOAST_LIMIT = 200
TOO_LATE = "query is too old"
HARMLESS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)


class Buttons(Protocol):
    """Who keeps what stands behind each button?"""

    async def issue(self, wanted: Sequence[Button]) -> tuple[str, ...]: ...

    async def look(self, button: str, person: int, chat: int, now: datetime) -> Button: ...


class Cards(Protocol):
    """Which message shows what?"""

    async def put(self, card: Card) -> None: ...

    async def find(self, chat: int, kind: str, subject: str) -> Card | None: ...

    async def drop(self, card: Card) -> None: ...


class Painter(Protocol):
    """Who draws?"""

    async def candles(self, picture: CandlePicture) -> bytes: ...

    async def equity(self, picture: EquityPicture) -> bytes: ...

    async def reliability(self, picture: ReliabilityPicture) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Screen:
    """One chat, as one reader sees it. `wall` is people's time: confirmations count real seconds,
    whatever the market does.
    """

    bot: Bot
    chat: int
    reader: Reader
    buttons: Buttons
    cards: Cards
    painter: Painter
    wall: Clock
    origin: Origin

    def read_by(self, reader: Reader) -> "Screen":
        """The same chat, in another language or about another account."""
        return replace(self, reader=reader)

    async def toast(
        self, query: CallbackQuery, text: str = "", *, show_alert: bool = False
    ) -> None:
        """Answer a press. One that came too late for that still counts, and is answered below."""
        try:
            await query.answer(text[:TOAST_LIMIT], show_alert=show_alert)
        except TelegramBadRequest as error:
            if TOO_LATE not in error.message:
                raise
            if text:
                await self.show(View(text))

    async def show(self, view: View, *, silent: bool = False) -> Message:
        """A new message. What does not fit under a picture follows it."""
        view = self._labelled(view)
        markup = await self.stamped(view.keyboard)
        if view.picture and visible_length(view.text) <= CAPTION_LIMIT:
            photo = BufferedInputFile(await self.draw(view.picture), "chart.png")
            return await self.bot.send_photo(
                self.chat,
                photo,
                caption=view.text,
                reply_markup=markup,
                disable_notification=silent,
            )
        *before, last = list(pieces(view.text))
        for piece in before:
            await self.bot.send_message(self.chat, piece, disable_notification=silent)
        return await self.bot.send_message(
            self.chat, last, reply_markup=markup, disable_notification=silent
        )

    async def change(self, message_id: int, view: View, *, photo: bool) -> bool:
        """Edit in place; False when the message is gone. The same content again is no error."""
        view, markup = self._labelled(view), await self.stamped(view.keyboard)
        try:
            if photo and view.picture:
                await self._repaint(message_id, view, markup)
            elif photo:
                await self.bot.edit_message_caption(
                    chat_id=self.chat,
                    message_id=message_id,
                    caption=view.text,
                    reply_markup=markup,
                )
            else:
                await self.bot.edit_message_text(
                    view.text, chat_id=self.chat, message_id=message_id, reply_markup=markup
                )
        except TelegramBadRequest as error:
            return _is_harmless(error)
        return True

    async def keys(self, message_id: int, keyboard: Keyboard) -> None:
        """Another keyboard under the same words."""
        try:
            await self.bot.edit_message_reply_markup(
                chat_id=self.chat, message_id=message_id, reply_markup=await self.stamped(keyboard)
            )
        except TelegramBadRequest as error:
            _is_harmless(error)

    async def retire(self, kind: str, subject: str) -> None:
        """An older message of the same card loses its buttons: only the newest one counts."""
        old = await self.cards.find(self.chat, kind, subject)
        if old is not None:
            await self.keys(old.message_id, ())

    async def track(self, kind: str, subject: str, message_id: int) -> None:
        await self.cards.put(Card(self.chat, kind, subject, message_id))

    async def draw(self, picture: Picture) -> bytes:
        match picture:
            case CandlePicture():
                return await self.painter.candles(picture)
            case EquityPicture():
                return await self.painter.equity(picture)
            case ReliabilityPicture():
                return await self.painter.reliability(picture)

    async def stamped(self, keyboard: Keyboard) -> InlineKeyboardMarkup | None:
        """The keyboard with ids behind its keys."""
        if not keyboard:
            return None
        keys = [key for row in keyboard for key in row]
        ids = iter(await self.buttons.issue([self._button(key) for key in keys]))
        rows = [
            [
                InlineKeyboardButton(text=key.label, callback_data=f"{key.verb}:{next(ids)}")
                for key in row
            ]
            for row in keyboard
        ]
        return InlineKeyboardMarkup(inline_keyboard=rows)

    def _button(self, key: Key) -> Button:
        expires = self.wall.now() + timedelta(seconds=key.seconds) if key.seconds else None
        return Button(
            verb=key.verb,
            subject=key.subject,
            argument=key.argument,
            person=self.reader.person.id,
            chat=self.chat,
            expires_at=expires,
            once=key.once,
            account=self.reader.account.name,
        )

    def _labelled(self, view: View) -> View:
        """Whose money and whose prices these are is said in every message."""
        return replace(view, text=headed(self.reader, self.origin, view.text))

    async def _repaint(
        self, message_id: int, view: View, markup: InlineKeyboardMarkup | None
    ) -> None:
        if view.picture is None:
            return
        file = BufferedInputFile(await self.draw(view.picture), "chart.png")
        media = InputMediaPhoto(media=file, caption=view.text, parse_mode="HTML")
        await self.bot.edit_message_media(
            media, chat_id=self.chat, message_id=message_id, reply_markup=markup
        )


def _lines(text: str) -> Iterator[str]:
    """Lines; one that is too long by itself is cut between words."""
    for line in text.split("\n"):
        if visible_length(line) <= TEXT_LIMIT:
            yield line
        else:
            yield from textwrap.wrap(line, TEXT_LIMIT // 2)


def _is_harmless(error: TelegramBadRequest) -> bool:
    """The screen shows it already (True), or there is nothing left to show it on (False)."""
    said = error.message.lower()
    if not any(known in said for known in HARMLESS):
        raise error
    return HARMLESS[0] in said


def visible_length(html: str) -> int:
    """Length as Telegram counts it: UTF-16 units after the entities are parsed."""
    plain = unescape(re.sub(r"<[^>]+>", "", html))
    return len(plain.encode("utf-16-le")) // 2


def pieces(text: str) -> Iterator[str]:
    """Messages of a length that Telegram takes, cut between lines."""
    first, *rest = _lines(text)
    piece = first
    for line in rest:
        longer = f"{piece}\n{line}"
        if visible_length(longer) > TEXT_LIMIT:
            yield piece
            longer = line
        piece = longer
    yield piece
