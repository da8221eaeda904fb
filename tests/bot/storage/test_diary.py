"""What an account has lived through, told late, twice and out of order, in both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.database import Database
from bot.storage.diary import SqlDiary
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON, fill, funding

FIRST, SECOND = fill(seq=0, time=NOON), fill(seq=0, time=NOON + timedelta(seconds=1))
PAID = funding(seq=0)


class DiaryContract:
    @pytest.fixture
    def diary(self, database):
        return SqlDiary(database)

    async def test_everything_is_numbered_in_the_order_it_was_heard_of(self, diary):
        await diary.write("a", {"1": FIRST, "f": PAID}, {})
        await diary.write("a", {"2": SECOND}, {})

        assert await diary.read("a", 0) == (
            replace(FIRST, seq=1),
            replace(PAID, seq=2),
            replace(SECOND, seq=3),
        )

    async def test_after_a_cursor_comes_only_what_is_newer(self, diary):
        await diary.write("a", {"1": FIRST, "2": SECOND}, {})

        assert [one.seq for one in await diary.read("a", 1)] == [2]
        assert await diary.read("a", 2) == ()

    async def test_what_is_told_again_is_neither_doubled_nor_changed(self, diary):
        await diary.write("a", {"1": FIRST}, {})
        await diary.write("a", {"1": SECOND, "2": SECOND}, {})
        await diary.write("a", {"2": SECOND, "1": FIRST}, {})

        assert await diary.read("a", 0) == (replace(FIRST, seq=1), replace(SECOND, seq=2))

    async def test_what_comes_late_is_after_every_cursor(self, diary):
        await diary.write("a", {"2": SECOND}, {})
        await diary.write("a", {"1": FIRST, "2": SECOND}, {})

        assert await diary.read("a", 1) == (replace(FIRST, seq=2),)

    async def test_accounts_number_by_themselves(self, diary):
        await diary.write("a", {"1": FIRST}, {})
        await diary.write("b", {"1": SECOND}, {})

        assert await diary.read("b", 0) == (replace(SECOND, seq=1),)

    async def test_marks_move_on_and_each_stream_has_its_own(self, diary):
        await diary.write("a", {}, {"x": NOON, "y": NOON})
        await diary.write("a", {}, {"x": NOON + timedelta(hours=1)})

        assert await diary.marks("a") == {"x": NOON + timedelta(hours=1), "y": NOON}
        assert await diary.marks("b") == {}

    async def test_a_thousand_at_once_are_a_thousand(self, diary):
        many = {str(n): FIRST for n in range(1_200)}
        await diary.write("a", many, {})
        await diary.write("a", many, {})

        assert [one.seq for one in await diary.read("a", 1_190)] == [*range(1_191, 1_201)]

    async def test_a_restart_goes_on_where_it_stopped(self, diary, url):
        await diary.write("a", {"1": FIRST}, {"x": NOON})
        again = await Database.open(url)
        try:
            other = SqlDiary(again)
            await other.write("a", {"1": FIRST, "2": SECOND}, {})
            assert [one.seq for one in await other.read("a", 0)] == [1, 2]
            assert await other.marks("a") == {"x": NOON}
        finally:
            await again.close()


class TestDiaryOnSqlite(OnSqlite, DiaryContract):
    pass


class TestDiaryOnPostgres(OnPostgres, DiaryContract):
    pass
