"""What the owner wants models to cost outlives the process."""

from decimal import Decimal

import pytest

from bot.storage.notes import SqlNotes
from bot.storage.wishes import NotedWishes
from core.spending.caps import Wish
from tests.bot.storage.places import OnSqlite


class TestWishes(OnSqlite):
    async def test_until_somebody_speaks_the_settings_hold(self, database):
        wishes = NotedWishes(SqlNotes(database), Wish(month=Decimal(60)))
        assert await wishes.read() == Wish(month=Decimal(60))

    @pytest.mark.parametrize(
        "wish",
        [Wish(), Wish(Decimal(40)), Wish(Decimal("40.50"), Decimal(3)), Wish(Decimal(0))],
        ids=str,
    )
    async def test_the_last_word_holds(self, database, wish):
        wishes = NotedWishes(SqlNotes(database), Wish(month=Decimal(60)))
        await wishes.write(Wish(Decimal(1), Decimal(1)))
        await wishes.write(wish)
        assert await NotedWishes(SqlNotes(database)).read() == wish
