"""The last decisions about a symbol, newest first, in both databases."""

from datetime import timedelta

from bot.storage.ledger import SqlLedger
from bot.storage.past import SqlPast
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON, SYMBOL, decision


class OnDatabase:
    async def test_only_the_last_ones_of_that_symbol_are_told_newest_first(self, database):
        made = [decision(id=f"d{n}", as_of=NOON + timedelta(hours=n)) for n in range(4)]
        other = decision(id="other", symbol="ETH/USDT:USDT", as_of=NOON + timedelta(hours=9))
        await SqlLedger(database).commit(*made, other)

        found = await SqlPast(database).latest(SYMBOL, 2)

        assert found == (made[3], made[2])

    async def test_before_the_first_decision_there_is_none(self, database):
        assert await SqlPast(database).latest(SYMBOL, 3) == ()


class TestPastOnSqlite(OnSqlite, OnDatabase):
    pass


class TestPastOnPostgres(OnPostgres, OnDatabase):
    pass
