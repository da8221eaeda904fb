"""What models were asked and answered, on file word for word; what prompts share is kept once."""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import minutes, minutes_fixed
from bot.storage.together import Together
from bot.storage.upsert import Row, add
from core.domain.model import Exchange, Prompt, PromptKind, Reply, Said, Source, Unsaid

KEPT = timedelta(days=400)
Words = list[str]
KNOWN = select(minutes_fixed.c.digest).where(
    minutes_fixed.c.digest.in_(bindparam("digests", expanding=True))
)
KEEP = insert(minutes)


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
    fixed = [Fixed(one.prompt.system, one.prompt.schema) for one in exchanges]
    digests = [one.digest for one in fixed]
    _write_fixed(connection, dict(zip(digests, fixed, strict=True)))
    connection.execute(KEEP, [_row(*pair) for pair in zip(exchanges, digests, strict=True)])


def _row(exchange: Exchange, fixed: str) -> Row:
    prompt, reply = exchange.prompt, exchange.reply
    page = Page(
        version=prompt.version,
        schema_version=prompt.schema_version,
        input=prompt.input,
        searches=prompt.searches,
        reply=_emptied(reply),
    )
    return {
        "key": exchange.key,
        "call": exchange.call,
        "provider": exchange.provider,
        "model": exchange.model,
        "kind": prompt.kind.value,
        "fixed": fixed,
        "at": exchange.at,
        "question": _question(prompt.user),
        "answer": _packed(_words(reply)),
        "body": encode(page),
    }


def _write_fixed(connection: Connection, fixed: Mapping[str, Fixed]) -> None:
    """Packing costs time: only what is new is packed."""
    known = set(connection.scalars(KNOWN, {"digests": list(fixed)}))
    new = [
        {"digest": digest, "data": zlib.compress(one.raw)}
        for digest, one in fixed.items()
        if digest not in known
    ]
    add(connection, minutes_fixed, new)


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


@lru_cache(maxsize=16)
def _question(user: str) -> bytes:
    """Voices are asked the same, one soon after the other."""
    return _packed([user])


def _packed(words: Words) -> bytes:
    """As ASCII: a model may write halves of characters, which are kept like everything else."""
    return zlib.compress(json.dumps(words).encode())


def _unpacked(data: bytes) -> Words:
    words: Words = json.loads(zlib.decompress(data))
    return words
