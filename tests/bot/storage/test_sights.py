"""What was looked at before a decision comes back equal, down to its hash."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from sqlalchemy import func, select, update

from bot.storage.errors import DeskStorageError
from bot.storage.sights import KEPT, SqlSights
from bot.storage.tables import sight_blocks, sights
from core.domain.derivatives import Derivatives
from core.domain.market import FundingRate, Origin, Timeframe
from core.domain.news import Item, Mood, MoodClass, Publisher, Tier
from core.domain.quality import Fault, Finding, Grade, Quality
from core.domain.snapshot import MarketSnapshot
from core.errors import NotFound
from core.news.facts import fact_of
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import INSTRUMENT, NOON, instrument
from tests.fakes import frame

HOUR = timedelta(hours=1)


def seen(now=NOON, rows=700, **changes):
    """Everything that a snapshot may hold."""
    closes = 64_000 + np.round(300 * np.sin(np.arange(rows) / 9), 1)
    item = Item("Bitcoin rises", "https://a.b/1", now - HOUR)
    usual = MarketSnapshot(
        INSTRUMENT,
        now,
        frame(closes, end=now, reach=20),
        Origin.LIVE,
        FundingRate(now - 4 * HOUR, Decimal("0.0001")),
        now + 4 * HOUR,
        longer={Timeframe.H4: frame(closes[:300], Timeframe.H4, end=NOON - 12 * HOUR)},
        derivatives=Derivatives(time=now, mark=Decimal("64251.9"), open_interest=98_432.1),
        news=(fact_of(item, Publisher("CoinDesk", Tier.NEWSROOM), now),),
        mood=Mood(now - HOUR, 27, MoodClass.FEAR),
        quality=Quality((Finding(Fault.SILENT, Grade.THIN, 3.0),), timedelta(seconds=1), 0.9997),
        source="Binance",
    )
    return replace(usual, **changes)


@pytest.fixture
def kept(database):
    return SqlSights(database)


async def blocks(kept):
    return await kept.database.read(
        lambda connection: connection.scalar(select(func.count()).select_from(sight_blocks))
    )


class SightsContract:
    async def test_the_nearest_is_found_by_symbol_and_moment(self, kept):
        first, second = seen(), seen(NOON + HOUR)
        await kept.keep([first, second])

        assert (await kept.near(first.symbol, NOON + 0.4 * HOUR, HOUR)).hash == first.hash
        assert (await kept.near(first.symbol, NOON + 0.6 * HOUR, HOUR)).hash == second.hash
        assert await kept.near(first.symbol, NOON + 3 * HOUR, HOUR) is None
        assert await kept.near("ETH/USDT:USDT", NOON, HOUR) is None

    async def test_a_snapshot_comes_back_equal_down_to_its_hash(self, kept):
        before = seen()
        await kept.keep([before])
        after = await kept.look(before.hash)
        assert after.hash == before.hash
        for name in ("instrument", "as_of", "funding", "next_funding", "derivatives", "news"):
            assert getattr(after, name) == getattr(before, name)
        assert (after.mood, after.quality, after.source) == (
            *(before.mood, before.quality, before.source),
        )
        for mine, theirs in zip(before.frames, after.frames, strict=True):
            assert mine.timeframe is theirs.timeframe
            assert all(map(np.array_equal, mine.columns, theirs.columns))

    async def test_the_same_sight_is_kept_once_and_the_next_shares_its_candles(self, kept):
        await kept.keep([seen()])
        first = await blocks(kept)
        await kept.keep([seen()])
        assert await blocks(kept) == first
        grown = frame(
            64_000 + np.round(300 * np.sin(np.arange(701) / 9), 1), end=NOON + HOUR, reach=20
        )
        await kept.keep([seen(as_of=NOON + HOUR, frame=grown)])
        assert await blocks(kept) <= first + 1

    async def test_several_at_once_are_one_transaction(self, kept):
        other = seen(instrument=instrument(symbol="ETH/USDT:USDT"))
        await kept.keep([seen(), other])
        await kept.keep([])
        assert (await kept.look(other.hash)).symbol == "ETH/USDT:USDT"

    async def test_an_unknown_one_is_not_found(self, kept):
        with pytest.raises(NotFound):
            await kept.look("0123456789abcdef")

    async def test_one_that_was_changed_on_file_is_not_believed(self, kept):
        one = seen()
        await kept.keep([one])
        stroke = update(sights).values(body=func.replace(sights.c.body, "98432.1", "98432.2"))
        await kept.database.run(lambda connection: connection.execute(stroke) and None)
        with pytest.raises(DeskStorageError, match="not what it was"):
            await kept.look(one.hash)

    async def test_after_ninety_days_it_is_forgotten_with_its_candles(self, kept):
        old, new = seen(), seen(now=NOON + KEPT)
        await kept.keep([old])
        await kept.keep([new])
        await kept.forget(NOON + KEPT + HOUR)
        with pytest.raises(NotFound):
            await kept.look(old.hash)
        assert (await kept.look(new.hash)).hash == new.hash


class TestOnSqlite(OnSqlite, SightsContract):
    pass


class TestOnPostgres(OnPostgres, SightsContract):
    pass
