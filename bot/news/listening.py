"""The voices that can be asked: feeds, and CryptoPanic where there is a token for it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError

from bot.news.errors import Failed
from bot.news.fetching import Page
from bot.news.moments import moment
from bot.news.sources import Feed
from core.domain.news import Item, Publisher, Tier

PANIC = "https://cryptopanic.com/api/developer/v2/posts/"
CRYPTOPANIC = Publisher("CryptoPanic", Tier.CROWD, general=True)
OFTEN = timedelta(minutes=5)
SELDOM = timedelta(hours=1)

Fetching = Callable[[str, Mapping[str, str] | None], Awaitable[Page]]
Parsing = Callable[[bytes], Awaitable[Sequence[Item]]]


class Voice(Protocol):
    """Somebody who can be asked what is new, not more often than `every`."""

    @property
    def publisher(self) -> Publisher: ...

    @property
    def every(self) -> timedelta: ...

    async def ask(self) -> Sequence[Item]:
        """Raises Unheard."""
        ...

    def kept(self) -> None:
        """What it said last has been filed, and need not be said again."""
        ...


class FeedVoice:
    """A feed, asked politely: what has not changed is not sent again."""

    every = OFTEN

    def __init__(self, feed: Feed, fetch: Fetching, parse: Parsing) -> None:
        self.publisher = feed.publisher
        self._address, self._fetch, self._parse = feed.address, fetch, parse
        self._seen: dict[str, str] = {}
        self._said: dict[str, str] = {}

    async def ask(self) -> Sequence[Item]:
        page = await self._fetch(self._address, self._seen)
        if not page.body:
            self._said = self._seen
            return ()
        items = await self._parse(page.body)
        said = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
        self._said = {name: value for name, value in said.items() if value}
        return items

    def kept(self) -> None:
        self._seen = self._said


class PanicPost(BaseModel):
    """One post, as far as it is read; both versions of the answer have these."""

    title: str
    published_at: str | None = None
    url: str | None = None
    original_url: str | None = None


class PanicAnswer(BaseModel):
    results: list[PanicPost]


@dataclass(frozen=True, slots=True)
class PanicVoice:
    """CryptoPanic's posts. The token is part of the address, which is never written down."""

    token: str
    fetch: Fetching
    publisher: Publisher = CRYPTOPANIC
    every: timedelta = SELDOM

    async def ask(self) -> Sequence[Item]:
        asked = urlencode({"auth_token": self.token, "public": "true", "kind": "news"})
        page = await self.fetch(f"{PANIC}?{asked}", None)
        return panic_items(page.body)

    def kept(self) -> None:
        """It says everything every time."""


def panic_items(body: bytes) -> tuple[Item, ...]:
    """Which coins a post is about is read from its title: the answer's own guesses are poor."""
    try:
        answer = PanicAnswer.model_validate_json(body)
    except ValidationError:
        raise Failed("not CryptoPanic's answer") from None
    return tuple(_item(post) for post in answer.results)


def _item(post: PanicPost) -> Item:
    return Item(post.title, post.original_url or post.url or "", moment(post.published_at))
