"""News and moods on file: a story once, under every key it goes by, for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, select, update

from bot.storage.database import Database
from bot.storage.tables import moods, news, news_keys
from bot.storage.upsert import put
from core.domain.news import Mood, MoodClass, NewsFact, Tier
from core.domain.people import Language
from core.news.coins import coin_of
from core.news.merging import Filing, file, keys_of

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SqlNews:
    """`core.ports.News` says what it promises."""

    database: Database

    async def file(self, facts: Sequence[NewsFact], now: datetime) -> None:
        """Write what is new; a story that is known is not written a second time."""
        if facts:
            await self.database.run(file_facts, facts, now)

    async def feel(self, felt: Sequence[Mood]) -> None:
        await self.database.run(put, moods, [_mood_row(mood) for mood in felt])

    async def forget(self, now: datetime) -> None:
        """What is older than thirty days; a story that still goes round stays known."""
        await self.database.run(forget, now - KEPT)

    async def facts(
        self, symbol: str | None, since: datetime, limit: int, until: datetime | None = None
    ) -> tuple[NewsFact, ...]:
        return await self.database.read(read_facts, symbol, since, limit, until)

    async def mood(self) -> Mood | None:
        found = await self.moods(1)
        return found[0] if found else None

    async def moods(self, limit: int, until: datetime | None = None) -> tuple[Mood, ...]:
        return await self.database.read(read_moods, limit, until)


def file_facts(connection: Connection, facts: Sequence[NewsFact], now: datetime) -> None:
    wanted = {key for fact in facts for key in keys_of(fact)}
    known = select(news_keys.c.key, news_keys.c.news).where(news_keys.c.key.in_(wanted))
    keys = {row.key: row.news for row in connection.execute(known)}
    rows = connection.execute(select(news).where(news.c.id.in_(set(keys.values()))))
    stored = {fact.id: fact for fact in map(_fact, rows.mappings())}
    _write(connection, file(facts, keys, stored), now)


def _write(connection: Connection, filing: Filing, now: datetime) -> None:
    for lost, heir in filing.gone.items():
        connection.execute(delete(news).where(news.c.id == lost))
        connection.execute(update(news_keys).where(news_keys.c.news == lost).values(news=heir))
    put(connection, news, [_row(fact) for fact in filing.kept.values()])
    keys = filing.keys.items()
    put(connection, news_keys, [{"key": key, "news": to, "seen_at": now} for key, to in keys])


def forget(connection: Connection, before: datetime) -> None:
    connection.execute(delete(news).where(news.c.time < before))
    connection.execute(delete(news_keys).where(news_keys.c.seen_at < before))
    connection.execute(delete(moods).where(moods.c.time < before))


def read_facts(
    connection: Connection,
    symbol: str | None,
    since: datetime,
    limit: int,
    until: datetime | None,
) -> tuple[NewsFact, ...]:
    asked = select(news).where(news.c.time >= since).limit(limit)
    if symbol is not None:
        asked = asked.where(news.c.coins.contains(f" {coin_of(symbol)} ", autoescape=True))
    if until is not None:
        asked = asked.where(news.c.seen_at <= until)
    rows = connection.execute(asked.order_by(news.c.time.desc(), news.c.id))
    return tuple(map(_fact, rows.mappings()))


def read_moods(connection: Connection, limit: int, until: datetime | None) -> tuple[Mood, ...]:
    asked = select(moods).order_by(moods.c.time.desc()).limit(limit)
    if until is not None:
        asked = asked.where(moods.c.time <= until)
    return tuple(Mood(r.time, r.value, MoodClass(r.kind)) for r in connection.execute(asked))


def _row(fact: NewsFact) -> dict[str, object]:
    """Coins stand between blanks, so that one can be looked for as a whole word."""
    return {
        "id": fact.id,
        "time": fact.time,
        "seen_at": fact.seen_at,
        "source": fact.source,
        "tier": fact.tier.value,
        "language": fact.language.value,
        "title": fact.title,
        "coins": "".join(f" {coin}" for coin in fact.coins) + " ",
        "url": fact.url,
        "dated": fact.dated,
    }


def _fact(row: RowMapping) -> NewsFact:
    fact = NewsFact(**row)
    return replace(
        fact,
        tier=Tier(row["tier"]),
        language=Language(row["language"]),
        coins=tuple(row["coins"].split()),
    )


def _mood_row(mood: Mood) -> dict[str, object]:
    return {"time": mood.time, "value": mood.value, "kind": mood.kind.value}
