"""People hear once a day of each step down, and once of a provider that shuts its door."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.model_notices import ModelNotices
from bot.storage.notes import SqlNotes
from core.domain.model import Failure
from core.domain.notice import NoticeKind
from core.spending.caps import Bound, Caps
from core.spending.ladder import Budget, Spent
from tests.bot.storage.conftest import blank_file, database  # noqa: F401
from tests.bot.storage.places import OnSqlite
from tests.builders import ACCOUNT, NOON
from tests.fakes import FakeClock, MemoryLedger

CAPS = Caps(month=Decimal(25), day=Decimal("1.66"), by=Bound.EQUITY)


def budget(month):
    return Budget(Spent(Decimal("0.10"), Decimal(month)), CAPS)


class TestModelNotices(OnSqlite):
    @pytest.fixture
    def ledger(self):
        return MemoryLedger()

    @pytest.fixture
    def tell(self, database, ledger):  # noqa: F811
        return ModelNotices(ACCOUNT, ledger, SqlNotes(database), FakeClock())

    async def test_a_step_is_told_once_a_day(self, tell, ledger):
        for month, at in (("18", NOON), ("18", NOON), ("22", NOON), ("18", NOON)):
            await tell.bites(budget(month), at)
        assert [notice.numbers["rung"] for notice in ledger.notices] == ["cheaper", "seldom"]
        await tell.bites(budget("22"), NOON + timedelta(days=1))
        assert len(ledger.notices) == 3

    async def test_many_who_look_at_once_tell_it_once(self, tell, ledger):
        await asyncio.gather(*(tell.bites(budget("18"), NOON) for _ in range(4)))
        assert len(ledger.notices) == 1

    async def test_it_says_what_was_spent_of_what(self, tell, ledger):
        await tell.bites(budget("18"), NOON)
        (notice,) = ledger.notices
        assert notice.kind is NoticeKind.MODELS_BUDGET
        assert notice.numbers == {
            "rung": "cheaper",
            "stretch": "month",
            "spent": Decimal(18),
            "cap": Decimal(25),
            "by": "equity",
        }

    async def test_a_closed_door_is_told_with_its_reason(self, tell, ledger):
        await tell.off("openai", Failure.UNPAID)
        (notice,) = ledger.notices
        assert notice.kind is NoticeKind.MODELS_OFF
        assert notice.numbers == {"provider": "openai", "failure": "unpaid"}
