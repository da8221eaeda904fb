"""A chat has one card for each subject, and knows which message it is."""

from dataclasses import replace

import pytest

from bot.storage.cards import SqlCards
from core.domain.ledger import Card
from tests.bot.storage.places import OnPostgres, OnSqlite

CARD = Card(chat=-100_123_456_789_012, kind="proposal", subject="k7q2e", message_id=1)


@pytest.fixture
def cards(database):
    return SqlCards(database)


class CardsContract:
    async def test_a_card_is_found_again(self, cards):
        await cards.put(CARD)

        assert await cards.find(CARD.chat, "proposal", "k7q2e") == CARD
        assert await cards.find(CARD.chat, "trade", "k7q2e") is None

    async def test_a_newer_message_takes_the_place_of_the_older(self, cards):
        newer = replace(CARD, message_id=2, digest="abc")
        await cards.put(CARD)
        await cards.put(newer)

        assert await cards.all("proposal") == (newer,)

    async def test_all_cards_of_a_kind(self, cards):
        other = replace(CARD, subject="x", message_id=2)
        for card in (other, CARD, replace(CARD, kind="trade")):
            await cards.put(card)

        assert await cards.all("proposal") == (CARD, other)

    async def test_a_dropped_card_is_gone(self, cards):
        await cards.put(CARD)
        await cards.drop(CARD)

        assert await cards.find(CARD.chat, "proposal", "k7q2e") is None


class TestCardsOnSqlite(OnSqlite, CardsContract):
    pass


class TestCardsOnPostgres(OnPostgres, CardsContract):
    pass
