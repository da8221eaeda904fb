"""What was tested stays on file: newest first, without its records in a list, and not for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.backtests import SqlBacktests
from core.backtest.filed import Filed, Status
from core.backtest.record import Kind
from core.errors import NotFound
from tests.bot.backtest import facts
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import ACCOUNT, NOON

FILED = Filed(
    id="k7q2mnpq",
    account=ACCOUNT,
    person=7_000_000_001,
    created_at=NOON,
    kind=Kind.OPTIMIZE,
    words="BTC 90d 1h 100",
)
DONE = replace(FILED, status=Status.DONE, total=0.0178, hold=-0.1411, drawdown=0.0247, trades=40)


def later(hours, **changes):
    return replace(FILED, id=f"{hours:08}", created_at=NOON + timedelta(hours=hours), **changes)


@pytest.fixture
def backtests(database):
    return SqlBacktests(database)


class BacktestsContract:
    async def test_one_is_found_as_it_was_filed(self, backtests):
        for filed in (FILED, DONE, replace(FILED, status=Status.FAILED, error="no <market>")):
            await backtests.put(filed)

            assert await backtests.find(FILED.id) == filed

    async def test_what_nobody_asked_for_is_not_found(self, backtests):
        with pytest.raises(NotFound):
            await backtests.find("nothing")
        with pytest.raises(NotFound):
            await backtests.record("nothing")

    async def test_a_record_comes_back_equal_and_one_that_runs_has_none(self, backtests):
        await backtests.put(FILED)
        with pytest.raises(NotFound):
            await backtests.record(FILED.id)

        await backtests.put(DONE, facts.record())

        assert await backtests.record(FILED.id) == facts.record()

    async def test_pages_go_from_the_newest_to_the_oldest(self, backtests):
        for hours in (2, 5, 1, 3):
            await backtests.put(later(hours))
        await backtests.put(later(9, account="another"))

        first, second = [await backtests.page(ACCOUNT, skip, 3) for skip in (0, 3)]

        assert [filed.id[-1] for filed in (*first, *second)] == ["5", "3", "2", "1"]
        assert await backtests.count(ACCOUNT) == 4

    async def test_what_ran_when_the_process_ended_is_lost_and_told_once(self, backtests):
        await backtests.put(later(1))
        await backtests.put(replace(DONE, id="done"))

        await backtests.put(later(2, account="another"))

        await backtests.lose(ACCOUNT)

        assert (await backtests.find("00000002")).status is Status.RUNNING
        assert await backtests.find("00000001") == later(1, status=Status.STOPPED, lost=True)
        assert not (await backtests.find("done")).lost
        await backtests.told(ACCOUNT)
        assert await backtests.find("00000001") == later(1, status=Status.STOPPED)

    async def test_the_oldest_are_forgotten_but_nothing_that_runs(self, backtests):
        for hours in range(6):
            await backtests.put(later(hours, status=Status.DONE))
        await backtests.put(later(-1))

        assert await backtests.prune(ACCOUNT, 4) == ("00000001", "00000000")

        left = [filed.id for filed in await backtests.page(ACCOUNT, 0, 9)]
        assert left == ["00000005", "00000004", "00000003", "00000002", "-0000001"]
        assert await backtests.prune(ACCOUNT, 4) == ()


class TestBacktestsOnSqlite(OnSqlite, BacktestsContract):
    pass


class TestBacktestsOnPostgres(OnPostgres, BacktestsContract):
    pass
