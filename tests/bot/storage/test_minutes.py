"""Minutes on file: every word, and what prompts share only once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.storage.minutes import KEPT, SqlMinutes
from bot.storage.tables import minutes as minutes_table
from bot.storage.tables import minutes_fixed
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON
from tests.core.purse_contract import MinutesContract, exchange


@pytest.fixture
def minutes(database):
    return SqlMinutes(database)


class OnFile(MinutesContract):
    async def count(self, database, table):
        return await database.read(lambda c: c.scalar(select(func.count()).select_from(table)))

    async def test_what_prompts_share_is_kept_once(self, minutes, database):
        for n in range(3):
            await minutes.keep(exchange(key=f"k{n}"))
        assert await self.count(database, minutes_table) == 3
        assert await self.count(database, minutes_fixed) == 1

    async def test_after_four_hundred_days_they_are_forgotten(self, minutes, database):
        await minutes.keep(exchange())
        await minutes.forget(NOON + KEPT)
        assert await minutes.find(exchange().key)
        await minutes.forget(NOON + KEPT + timedelta(seconds=1))
        assert await minutes.find(exchange().key) is None
        assert await self.count(database, minutes_fixed) == 0


class TestMinutesOnSqlite(OnSqlite, OnFile):
    pass


class TestMinutesOnPostgres(OnPostgres, OnFile):
    pass
