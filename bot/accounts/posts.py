"""All accounts of a desk at work, by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.post import Abroad, Post, open_post
from bot.engine import form_decisions
from bot.world import World
from core.ports import Presence


@dataclass(frozen=True, slots=True)
class Posts:
    """In the order in which the owner has written them."""

    every: tuple[Post, ...]

    def __iter__(self) -> Iterator[Post]:
        return iter(self.every)

    @property
    def main(self) -> Post:
        return self.every[0]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(post.name for post in self.every)

    def find(self, name: str) -> Post | None:
        return next((post for post in self.every if post.name == name), None)

    def away_since(self, account: str) -> datetime | None:
        post = self.find(account)
        return post.reach.since if post else None

    async def aclose(self) -> None:
        for post in self.every:
            await post.aclose()


def open_posts(world: World, presence: Presence, abroad: Abroad | None) -> Posts:
    """`world` is that of the main account; opinions are formed once, for all of them."""
    form, market = form_decisions(world), world.market
    worlds = (world.of(account, market) for account in world.roster.accounts)
    return Posts(tuple(open_post(each, presence, form, abroad) for each in worlds))
