"""Keeps to Telegram's pace: one new message a second per chat, and waits when told to wait."""

import asyncio
import logging
from collections import defaultdict
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiolimiter import AsyncLimiter

logger = logging.getLogger(__name__)

NEW_MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
PATIENCE = 5


class OutgoingPace(BaseRequestMiddleware):
    """Every new message waits for its turn in its chat; edits and answers do not."""

    def __init__(self) -> None:
        self._chats: defaultdict[Any, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(1, 1.02))

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if method.__api_method__ in NEW_MESSAGES:
            await self._chats[getattr(method, "chat_id", None)].acquire()
        for _ in range(PATIENCE):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                logger.info("Telegram asks to wait %s s", error.retry_after)
                await asyncio.sleep(error.retry_after)
        return await make_request(bot, method)
