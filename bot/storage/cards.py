"""Which message of a chat shows which subject, so that it can be edited in place."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, and_, delete, select

from bot.storage.database import Database
from bot.storage.tables import cards
from bot.storage.upsert import put
from core.domain.ledger import Card


@dataclass(frozen=True, slots=True)
class SqlCards:
    """One card for each chat, kind and subject."""

    database: Database

    async def put(self, card: Card) -> None:
        await self.database.run(put, cards, [asdict(card)])

    async def find(self, chat: int, kind: str, subject: str) -> Card | None:
        return await self.database.read(find_card, chat, kind, subject)

    async def all(self, kind: str) -> tuple[Card, ...]:
        return await self.database.read(read_cards, kind)

    async def drop(self, card: Card) -> None:
        await self.database.run(drop_card, card)


def find_card(connection: Connection, chat: int, kind: str, subject: str) -> Card | None:
    table = cards.c
    same = and_(table.chat == chat, table.kind == kind, table.subject == subject)
    found = connection.execute(select(cards).where(same)).mappings().one_or_none()
    return Card(**found) if found else None


def read_cards(connection: Connection, kind: str) -> tuple[Card, ...]:
    wanted = select(cards).where(cards.c.kind == kind).order_by(cards.c.chat, cards.c.message_id)
    return tuple(Card(**row) for row in connection.execute(wanted).mappings())


def drop_card(connection: Connection, card: Card) -> None:
    table = cards.c
    same = and_(table.chat == card.chat, table.kind == card.kind, table.subject == card.subject)
    connection.execute(delete(cards).where(same))
