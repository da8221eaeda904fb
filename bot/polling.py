"""Fetches updates, keeps those that may move money until they are done, and hands them on.

Telegram forgets an update as soon as a later one is asked for; whatever may move money is written
to the inbox before that. Panic does not queue behind anything.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import Update

from bot.edge import survives
from bot.storage.errors import DeskStorageError
from bot.storage.inbox import SqlInbox
from core.domain.ledger import Received
from core.ports import Clock

logger = logging.getLogger(__name__)

LONG_POLL = 30
ALLOWED = ["message", "edited_message", "callback_query", "stopped_message_generation"]
URGENT = ("/panic", "/pause", "/resume")
BACKOFF = 2.0
CONFLICT = 5.0


@dataclass(frozen=True, slots=True)
class Poller:
    """One poller per token; a second one is answered with a conflict, and waits."""

    bot: Bot
    dispatcher: Dispatcher
    inbox: SqlInbox
    wall: Clock
    after: Callable[[], Awaitable[None]]
    _chats: defaultdict[int, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _heard: set[int] = field(default_factory=set)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for received in await self.inbox.unfinished():
                update = Update.model_validate_json(received.body, context={"bot": self.bot})
                tasks.create_task(self._handle(update))
            offset: int | None = None
            while True:
                updates = await self._fetch(offset)
                try:
                    fresh = await self._new(updates)
                except DeskStorageError as error:
                    logger.warning("updates wait until they can be kept: %s", error)
                    for update in self._urgent(updates):
                        tasks.create_task(self._handle(update))
                    await asyncio.sleep(BACKOFF)
                    continue
                for update in fresh:
                    tasks.create_task(self._handle(update))
                offset = updates[-1].update_id + 1 if updates else offset

    async def _fetch(self, offset: int | None) -> list[Update]:
        try:
            return await self.bot.get_updates(
                offset, timeout=LONG_POLL, allowed_updates=ALLOWED, request_timeout=LONG_POLL + 10
            )
        except TelegramConflictError as error:
            logger.warning("another process polls with this token: %s", error.message)
            await asyncio.sleep(CONFLICT)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise
        except AiogramError as error:
            logger.warning("Telegram does not answer: %s", type(error).__name__)
            await asyncio.sleep(BACKOFF)
        return []

    async def _new(self, updates: list[Update]) -> list[Update]:
        """Without those that were kept before: Telegram repeats what it heard no thanks for."""
        kept = [
            Received(update.update_id, update.model_dump_json(exclude_none=True), self.wall.now())
            for update in updates
            if moves_money(update)
        ]
        fresh = await self.inbox.receive(kept) if kept else frozenset()
        return [u for u in updates if u.update_id in fresh or not moves_money(u)]

    def _urgent(self, updates: list[Update]) -> list[Update]:
        """Panic does not wait for a disk, and counts once; it is kept later all the same."""
        fresh = [u for u in updates if is_panic(u) and u.update_id not in self._heard]
        self._heard.update(update.update_id for update in fresh)
        return fresh

    async def _handle(self, update: Update) -> None:
        if is_panic(update):
            await self._feed(update)
            return
        async with self._chats[_chat(update)]:
            await self._feed(update)

    async def _feed(self, update: Update) -> None:
        """A bug in one handler must not stop the next /panic."""
        feed = partial(self.dispatcher.feed_update, self.bot, update)
        await survives(f"update {update.update_id}", feed)
        await survives("the outbox", self.after)
        if moves_money(update):
            finish = partial(self.inbox.finish, update.update_id, self.wall.now())
            await survives("the inbox", finish)


def moves_money(update: Update) -> bool:
    return update.callback_query is not None or _text(update).startswith(URGENT)


def is_panic(update: Update) -> bool:
    return _text(update).startswith("/panic")


def _text(update: Update) -> str:
    """As commands are compared: phones like to begin with a capital."""
    return (update.message.text or "").lower() if update.message else ""


def _chat(update: Update) -> int:
    if update.callback_query:
        return update.callback_query.from_user.id
    message = update.message or update.edited_message
    return message.chat.id if message else 0
