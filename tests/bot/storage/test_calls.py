"""Money for models on file: no two can spend it at once."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import text

from bot.storage.calls import SqlPurse
from bot.storage.database import Database
from core.spending.caps import Caps
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON
from tests.core.purse_contract import DAY, PurseContract
from tests.model_fakes import FakeAllowance, call


@pytest.fixture
def allowance():
    return FakeAllowance()


@pytest.fixture
def purse(database, allowance):
    return SqlPurse(database, allowance)


class OnFile(PurseContract):
    async def test_two_processes_never_overdraw_together(self, purse, allowance, url):
        allowance.caps = Caps(month=Decimal(1), day=Decimal(1))
        second = await Database.open(url)
        other = SqlPurse(second, allowance)
        pairs = [(one, f"{n}") for n in range(15) for one in (purse, other)]
        answers = await asyncio.gather(
            *(
                one.reserve(call(id=name + str(one is purse), reserved=Decimal("0.07")))
                for one, name in pairs
            )
        )
        await second.close()
        assert answers.count(None) == 13

    async def test_billionths_are_rounded_up(self, purse, database):
        await purse.reserve(call(reserved=Decimal("0.0000000001")))
        counts = await database.read(lambda c: c.scalar(text("SELECT counts FROM calls")))
        assert counts == 1
        (kept,) = await purse.calls(NOON, NOON + DAY)
        assert kept.reserved == Decimal("0.0000000001")


class TestPurseOnSqlite(OnSqlite, OnFile):
    pass


class TestPurseOnPostgres(OnPostgres, OnFile):
    pass
