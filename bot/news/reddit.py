"""What the crowd talks about: titles of the hot posts, through Reddit's own interface."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any

from bot.news.errors import Failed
from bot.news.moments import since_1970
from core.domain.news import Item, Publisher, Tier

ROOM = "CryptoCurrency"
CROWD = Publisher(f"r/{ROOM}", Tier.CROWD)
POSTS = 50
PATIENCE = timedelta(seconds=20)
AGENT = "Nightdesk/0.1 (reads headlines)"
HERE = "https://www.reddit.com"
MISSING = "Reddit needs the `reddit` extra: uv run --extra reddit -m bot"

Open = Callable[[Mapping[str, Any]], Awaitable[Any]]


async def open_reddit(words: Mapping[str, Any]) -> Any:
    """Half a second to import, so it is left alone until somebody wants it."""
    try:
        library = await asyncio.to_thread(import_module, "asyncpraw")
    except ModuleNotFoundError:
        raise Failed(MISSING) from None
    return library.Reddit(user_agent=AGENT, check_for_updates=False, **words)


@dataclass(frozen=True, slots=True)
class RedditVoice:
    """One room, read only, as an application without a person."""

    client_id: str
    client_secret: str = field(repr=False)
    opens: Open = open_reddit
    publisher: Publisher = CROWD
    every: timedelta = timedelta(minutes=15)

    async def ask(self) -> Sequence[Item]:
        words = {"client_id": self.client_id, "client_secret": self.client_secret}
        reddit = await self.opens(words)
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await _hot(reddit)
        except TimeoutError:
            raise Failed("no whole answer within 20 seconds") from None
        finally:
            await reddit.close()

    def kept(self) -> None:
        """It says everything every time."""


async def _hot(reddit: Any) -> Sequence[Item]:
    core = import_module("asyncprawcore.exceptions")  # there, since the library is
    try:
        room = await reddit.subreddit(ROOM)
        return [_item(post) async for post in room.hot(limit=POSTS) if not post.stickied]
    except core.AsyncPrawcoreException as error:
        raise Failed(f"no answer ({type(error).__name__})") from None


def _item(post: Any) -> Item:
    return Item(str(post.title), f"{HERE}{post.permalink}", since_1970(post.created_utc))
