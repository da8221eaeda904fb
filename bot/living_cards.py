"""Keeps the position cards in the chat alive: edited in place, and only when they changed."""

import hashlib
import logging
from dataclasses import dataclass, replace

from aiogram.exceptions import AiogramError

from bot.accounts.post import Post
from bot.accounts.posts import Posts
from bot.door import Screens
from bot.storage.cards import SqlCards
from core.domain.ledger import Card
from core.domain.people import Person
from core.domain.trade import TradeStatus
from core.errors import DeskError
from core.ports import Ledger
from core.reading import PositionFacts
from handlers.attention import Attention
from handlers.views.position import position_card

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefreshCards:
    ledger: Ledger
    cards: SqlCards
    screens: Screens
    posts: Posts
    attention: Attention

    async def __call__(self) -> None:
        people = {person.chat: person for person in await self.ledger.people()}
        for card in await self.cards.all("position"):
            if card.chat in people:
                await self._try(card, people[card.chat])

    async def _try(self, card: Card, person: Person) -> None:
        """While Telegram is away the cards stand still; the next round tries again."""
        try:
            await self._refresh(card, person)
        except AiogramError as error:
            logger.info("card of %s stands still: %s", card.subject, type(error).__name__)

    async def _refresh(self, card: Card, person: Person) -> None:
        found = await self._facts(card)
        if found is None:
            await self.cards.drop(card)
            return
        post, facts = found
        held = self.attention.page(card.chat, card.message_id)
        if held or facts.trade.status is not TradeStatus.OPEN:
            return
        screen = self.screens.of(person, post.account)
        view = position_card(screen.reader, facts)
        prices = (facts.quote, facts.trade, person.language)
        digest = hashlib.sha256(repr(prices).encode()).hexdigest()[:16]
        if digest == card.digest:
            return
        if await screen.change(card.message_id, view, photo=False):
            await self.cards.put(replace(card, digest=digest))
        else:
            await self.cards.drop(card)

    async def _facts(self, card: Card) -> tuple[Post, PositionFacts] | None:
        """None where there is nothing to keep alive: no such trade, or no such account any more."""
        try:
            trade = await self.ledger.trade(card.subject)
            post = self.posts.find(trade.account)
            return (post, await post.engine.read_positions.one(trade.id)) if post else None
        except DeskError:
            return None
