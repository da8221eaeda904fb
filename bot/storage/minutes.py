"""What models were asked and answered, on file word for word; what prompts share is kept once."""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import minutes, minutes_fixed
from bot.storage.together import Together
from bot.storage.upsert import add
from core.domain.model import Exchange, Prompt, PromptKind, Reply, Said, Source, Unsaid

KEPT = timedelta(days=400)
Words = list[str]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The part of a prompt that does not change from question to question."""

    system: str
    schema: Mapping[str, object]

    @property
    def raw(self) -> bytes:
        return json.dumps([self.system, self.schema]).encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All but the words."""

    version: str
    schema_version: str
    input: str
    searches: int
    reply: Said | Unsaid


class SqlMinutes:
    """`core.ports.Minutes` says what it promises; what many say at once goes in together."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._keep = Together(self._keep_all)

    async def keep(self, exchange: Exchange) -> None:
        await self._keep(exchange)

    async def _keep_all(self, exchanges: Sequence[Exchange]) -> list[None]:
        await self.database.run(write, exchanges)
        return [None] * len(exchanges)

    async def find(self, key: str) -> Exchange | None:
        return await self.database.read(read, key)

    async def forget(self, now: datetime) -> None:
        """What is older than some four hundred days."""
        await self.database.run(prune, now - KEPT)


def write(connection: Connection, exchanges: Sequence[Exchange]) -> None:
    for exchange in exchanges:
        _write(connection, exchange)


def _write(connection: Connection, exchange: Exchange) -> None:
    prompt, reply = exchange.prompt, exchange.reply
    fixed = Fixed(prompt.system, prompt.schema)
    _write_fixed(connection, fixed)
    page = Page(
        version=prompt.version,
        schema_version=prompt.schema_version,
        input=prompt.input,
        searches=prompt.searches,
        reply=_emptied(reply),
    )
    row = {
        "key": exchange.key,
        "call": exchange.call,
        "provider": exchange.provider,
        "model": exchange.model,
        "kind": prompt.kind.value,
        "fixed": fixed.digest,
        "at": exchange.at,
        "question": _packed([prompt.user]),
        "answer": _packed(_words(reply)),
        "body": encode(page),
    }
    connection.execute(insert(minutes).values(row))


def _write_fixed(connection: Connection, fixed: Fixed) -> None:
    """Packing costs time: only what is new is packed."""
    known = select(minutes_fixed.c.digest).where(minutes_fixed.c.digest == fixed.digest)
    if connection.scalar(known) is None:
        row = {"digest": fixed.digest, "data": zlib.compress(fixed.raw)}
        add(connection, minutes_fixed, [row])


def read(connection: Connection, key: str) -> Exchange | None:
    asked = (
        select(minutes, minutes_fixed.c.data)
        .join(minutes_fixed, minutes_fixed.c.digest == minutes.c.fixed)
        .where(minutes.c.key == key)
        .order_by(minutes.c.id)
        .limit(1)
    )
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _exchange(row)


def _exchange(row: RowMapping) -> Exchange:
    page, (system, schema) = decode(Page, row["body"]), json.loads(zlib.decompress(row["data"]))
    prompt = Prompt(
        kind=PromptKind(row["kind"]),
        version=page.version,
        schema_version=page.schema_version,
        system=system,
        user=_unpacked(row["question"])[0],
        schema=schema,
        input=page.input,
        searches=page.searches,
    )
    return Exchange(
        key=row["key"],
        call=row["call"],
        at=row["at"],
        provider=row["provider"],
        model=row["model"],
        prompt=prompt,
        reply=_filled(page.reply, _unpacked(row["answer"])),
    )


def prune(connection: Connection, before: datetime) -> None:
    connection.execute(delete(minutes).where(minutes.c.at < before))
    used = select(minutes.c.fixed)
    connection.execute(delete(minutes_fixed).where(minutes_fixed.c.digest.not_in(used)))


def _words(reply: Reply) -> Words:
    if isinstance(reply, Unsaid):
        return [reply.detail]
    return [reply.text, *(word for s in reply.sources for word in (s.url, s.title, s.published))]


def _emptied(reply: Reply) -> Reply:
    if isinstance(reply, Said):
        return replace(reply, text="", sources=())
    return replace(reply, detail="")


def _filled(reply: Reply, words: Words) -> Reply:
    first, *rest = words
    if isinstance(reply, Unsaid):
        return replace(reply, detail=first)
    sources = (Source(*rest[at : at + 3]) for at in range(0, len(rest), 3))
    return replace(reply, text=first, sources=tuple(sources))


def _packed(words: Words) -> bytes:
    """As ASCII: a model may write halves of characters, which are kept like everything else."""
    return zlib.compress(json.dumps(words).encode())


def _unpacked(data: bytes) -> Words:
    words: Words = json.loads(zlib.decompress(data))
    return words
