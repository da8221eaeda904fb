"""Somebody else's calendar on the net, through the same guard as the news."""

from dataclasses import dataclass

from bot.news.errors import Unheard
from bot.news.fetching import Fetch
from core.errors import FeedUnavailable


@dataclass(frozen=True, slots=True)
class OnlineFeed:
    """`bot.events.feed.Feed` at an https address."""

    address: str
    fetch: Fetch

    async def read(self) -> str:
        try:
            page = await self.fetch(self.address)
            return page.body.decode("utf-8-sig")
        except (Unheard, UnicodeDecodeError) as error:
            raise FeedUnavailable(reason=str(error)) from error
