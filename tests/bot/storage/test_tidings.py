"""Facts that models have found, in both databases."""

from datetime import timedelta

import pytest

from bot.storage.tidings import SqlTidings
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON
from tests.core.committee.test_brake import tiding

HOUR = timedelta(hours=1)


class OnDatabase:
    @pytest.fixture
    def tidings(self, database):
        return SqlTidings(database)

    async def test_they_come_back_equal_newest_first(self, tidings):
        old, new = tiding(id="a", seen_at=NOON), tiding(id="b", seen_at=NOON + HOUR)
        await tidings.keep([old, new])
        assert await tidings.recent(NOON) == (new, old)
        assert await tidings.recent(NOON + HOUR) == (new,)

    async def test_one_that_is_seen_again_is_worth_what_it_is_worth_now(self, tidings):
        await tidings.keep([tiding(1)])
        await tidings.keep([tiding(3, seen_at=NOON + HOUR)])
        (one,) = await tidings.recent(NOON)
        assert (one.materiality, one.seen_at) == (3, NOON + HOUR)

    async def test_after_thirty_days_they_are_forgotten(self, tidings):
        await tidings.keep([tiding(id="a")])
        await tidings.keep([tiding(id="b", seen_at=NOON + timedelta(days=31))])
        assert [one.id for one in await tidings.recent(NOON)] == ["b"]

    async def test_nothing_is_kept_of_nothing(self, tidings):
        await tidings.keep([])
        assert await tidings.recent(NOON) == ()


class TestTidingsOnSqlite(OnSqlite, OnDatabase):
    pass


class TestTidingsOnPostgres(OnPostgres, OnDatabase):
    pass
