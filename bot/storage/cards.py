"""Which message of a chat shows which subject, so that it can be edited in place."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, bindparam, delete, select

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


SAME = tuple(cards.c[name] == bindparam(f"its_{name}") for name in ("chat", "kind", "subject"))
CARD = select(*(cards.c[field.name] for field in fields(Card)))
FOUND = CARD.where(*SAME)
OF_A_KIND = CARD.where(cards.c.kind == bindparam("its_kind")).order_by(
    cards.c.chat, cards.c.message_id
)
DROPPED = delete(cards).where(*SAME)


def find_card(connection: Connection, chat: int, kind: str, subject: str) -> Card | None:
    found = connection.execute(FOUND, _same(chat, kind, subject)).one_or_none()
    return Card(*found) if found else None


def read_cards(connection: Connection, kind: str) -> tuple[Card, ...]:
    return tuple(Card(*row) for row in connection.execute(OF_A_KIND, {"its_kind": kind}).all())


def drop_card(connection: Connection, card: Card) -> None:
    connection.execute(DROPPED, _same(card.chat, card.kind, card.subject))


def _same(chat: int, kind: str, subject: str) -> dict[str, object]:
    return {"its_chat": chat, "its_kind": kind, "its_subject": subject}
