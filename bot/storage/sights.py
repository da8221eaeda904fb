"""What was looked at before each decision, on file: it comes back equal, down to its hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.storage.blocks import Block, cut, joined
from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.tables import sight_blocks, sights
from bot.storage.upsert import add
from core.domain.derivatives import Derivatives
from core.domain.instrument import Instrument
from core.domain.market import FundingRate, Origin, Timeframe
from core.domain.news import Mood, NewsFact
from core.domain.quality import Quality
from core.domain.snapshot import MarketSnapshot
from core.errors import NotFound

KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class KeptFrame:
    timeframe: Timeframe
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A snapshot whose candles lie in blocks; the first frame is the one that decided."""

    instrument: Instrument
    as_of: datetime
    origin: Origin
    funding: FundingRate | None
    next_funding: datetime | None
    derivatives: Derivatives | None
    news: tuple[NewsFact, ...]
    mood: Mood | None
    quality: Quality
    source: str
    frames: tuple[KeptFrame, ...]


@dataclass(frozen=True, slots=True)
class SqlSights:
    """`core.ports.Sights`, and the way back."""

    database: Database

    async def keep(self, snapshots: Sequence[MarketSnapshot]) -> None:
        """One transaction. What has the same hash is kept once."""
        if snapshots:
            await self.database.run(write, snapshots)

    async def look(self, name: str) -> MarketSnapshot:
        """The very snapshot of this hash. Raises NotFound."""
        return await self.database.read(read, name)

    async def near(self, symbol: str, as_of: datetime, within: timedelta) -> MarketSnapshot | None:
        """What was looked at nearest to a moment, and no farther from it."""
        span = (as_of - within, as_of + within)
        found = await self.database.read(names, symbol, span)
        if not found:
            return None
        return await self.look(min(found, key=lambda name: abs(found[name] - as_of)))

    async def forget(self, now: datetime) -> None:
        """What is older than ninety days."""
        await self.database.run(prune, now - KEPT)


def write(connection: Connection, snapshots: Sequence[MarketSnapshot]) -> None:
    now = max(snapshot.as_of for snapshot in snapshots)
    cuts = {s.hash: [(f.timeframe, list(cut(f))) for f in s.frames] for s in snapshots}
    blocks = {b.digest: b for frames in cuts.values() for _, mine in frames for b in mine}
    _write_blocks(connection, blocks, now)
    pages = [_page(snapshot, cuts[snapshot.hash]) for snapshot in snapshots]
    rows = [
        {"hash": s.hash, "symbol": s.symbol, "as_of": s.as_of, "body": encode(page)}
        for s, page in zip(snapshots, pages, strict=True)
    ]
    add(connection, sights, rows)


def _write_blocks(connection: Connection, blocks: Mapping[str, Block], now: datetime) -> None:
    """Packing costs time: only what is new is packed."""
    mine = sight_blocks.c.digest.in_(list(blocks))
    known = set(connection.scalars(select(sight_blocks.c.digest).where(mine)))
    connection.execute(update(sight_blocks).where(mine).values(used_at=now))
    fresh = [block for digest, block in blocks.items() if digest not in known]
    rows = [{"digest": b.digest, "data": b.packed, "used_at": now} for b in fresh]
    add(connection, sight_blocks, rows)


def _page(snapshot: MarketSnapshot, frames: Sequence[tuple[Timeframe, list[Block]]]) -> Page:
    return Page(
        instrument=snapshot.instrument,
        as_of=snapshot.as_of,
        origin=snapshot.origin,
        funding=snapshot.funding,
        next_funding=snapshot.next_funding,
        derivatives=snapshot.derivatives,
        news=snapshot.news,
        mood=snapshot.mood,
        quality=snapshot.quality,
        source=snapshot.source,
        frames=tuple(KeptFrame(t, tuple(b.digest for b in blocks)) for t, blocks in frames),
    )


def names(
    connection: Connection, symbol: str, span: tuple[datetime, datetime]
) -> dict[str, datetime]:
    """The hashes of a symbol's snapshots, and when each was taken."""
    asked = select(sights.c.hash, sights.c.as_of)
    mine = asked.where(sights.c.symbol == symbol, sights.c.as_of.between(*span))
    return {row.hash: row.as_of for row in connection.execute(mine)}


def read(connection: Connection, name: str) -> MarketSnapshot:
    body = connection.scalars(select(sights.c.body).where(sights.c.hash == name)).one_or_none()
    if body is None:
        raise NotFound(snapshot=name)
    page = decode(Page, body)
    wanted = {digest for frame in page.frames for digest in frame.blocks}
    found = connection.execute(
        select(sight_blocks.c.digest, sight_blocks.c.data).where(sight_blocks.c.digest.in_(wanted))
    )
    snapshot = _snapshot(page, {row.digest: row.data for row in found})
    if snapshot.hash != name:
        raise DeskStorageError(f"the stored snapshot {name} is not what it was")
    return snapshot


def _snapshot(page: Page, data: Mapping[str, bytes]) -> MarketSnapshot:
    missing = {d for frame in page.frames for d in frame.blocks} - data.keys()
    if missing:
        raise DeskStorageError(f"candles of a stored snapshot are gone: {len(missing)} blocks")
    first, *longer = (
        joined(kept.timeframe, [data[digest] for digest in kept.blocks]) for kept in page.frames
    )
    snapshot = MarketSnapshot(
        page.instrument, page.as_of, first, page.origin, page.funding, page.next_funding
    )
    return replace(
        snapshot,
        longer={frame.timeframe: frame for frame in longer},
        derivatives=page.derivatives,
        news=page.news,
        mood=page.mood,
        quality=page.quality,
        source=page.source,
    )


def prune(connection: Connection, before: datetime) -> None:
    connection.execute(delete(sights).where(sights.c.as_of < before))
    connection.execute(delete(sight_blocks).where(sight_blocks.c.used_at < before))
