"""The real purse under the real patience: whatever ends a question, it is paid for once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.calls import SqlPurse
from bot.stores import Stores
from bot.treasury import open_treasury
from core.domain.model import CallStatus, Failure, Unsaid
from core.voices.consult import About, Consult
from tests.bot.storage.conftest import blank_file, database  # noqa: F401
from tests.bot.storage.places import OnSqlite
from tests.builders import ACCOUNT, NOON, SYMBOL
from tests.fakes import FakeWon
from tests.model_fakes import MODEL, PROMPT, SAID, ScriptedOracle, call

ABOUT = About(NOON, (SYMBOL,))
MOMENT = timedelta(milliseconds=30)


def read(said):
    return said.text


class TestTreasury(OnSqlite):
    @pytest.fixture
    def treasury(self, database):  # noqa: F811
        return open_treasury(ACCOUNT, Stores.over(database), database, FakeWon())

    async def calls(self, treasury):
        now = treasury.desk.clock.now()
        return await treasury.books.calls(now - timedelta(hours=1), now + timedelta(hours=1))

    async def test_an_answer_is_paid_kept_and_on_the_bill(self, treasury):
        consult = Consult(MODEL, ScriptedOracle(), treasury.desk)
        assert await consult(PROMPT, ABOUT, read) == "fine"
        (made,) = await self.calls(treasury)
        assert made.status is CallStatus.ANSWERED
        bill = await treasury.read_budget()
        assert [(part.model, part.calls) for part in bill.parts] == [(MODEL.name, 1)]
        assert bill.budget.spent.day == made.cost

    async def test_many_voices_at_once_stay_below_the_cap(self, treasury):
        caps = await treasury.take_budget.allowance()
        dear = replace(MODEL, max_output=40_000)
        consult = Consult(dear, ScriptedOracle(), treasury.desk)
        found = await asyncio.gather(*(consult(PROMPT, ABOUT, read) for _ in range(40)))
        assert Unsaid(failure=Failure.BUDGET) in found
        spent = await treasury.books.spent(treasury.desk.clock.now())
        assert spent.day <= caps.day

    async def test_the_end_of_the_process_settles_what_is_on_its_way(self, treasury):
        sent = asyncio.Event()

        async def never():
            sent.set()
            await asyncio.sleep(60)

        consult = Consult(MODEL, ScriptedOracle((never,)), treasury.desk)
        with pytest.raises(ExceptionGroup):
            async with asyncio.TaskGroup() as tasks:
                treasury.waiting.bind(tasks)
                asked = tasks.create_task(consult(PROMPT, ABOUT, read))
                await sent.wait()
                raise KeyError("the end")
        assert asked.cancelled()
        (made,) = await self.calls(treasury)
        assert (made.status, made.cost) == (CallStatus.FAILED, made.reserved)

    async def test_what_comes_too_late_is_paid_all_the_same(self, treasury):
        async def slowly():
            await asyncio.sleep(0.1)
            return SAID

        consult = Consult(MODEL, ScriptedOracle((slowly,)), treasury.desk, MOMENT)
        async with asyncio.TaskGroup() as tasks:
            treasury.waiting.bind(tasks)
            assert await consult(PROMPT, ABOUT, read) == Unsaid(failure=Failure.LATE)
        (made,) = await self.calls(treasury)
        assert (made.status, made.usage) == (CallStatus.LATE, SAID.usage)

    async def test_after_a_crash_the_next_start_pays_the_worst(self, treasury, database):  # noqa: F811
        lost = replace(await self.reserved(treasury), status=CallStatus.FAILED, settled_at=NOON)
        again = SqlPurse(database, treasury.take_budget.allowance)
        assert await again.clear(NOON) == 1
        (made,) = await self.calls(treasury)
        assert made == replace(lost, cost=lost.reserved)

    async def reserved(self, treasury):
        """A question whose process died while it was on its way."""
        one = call(at=treasury.desk.clock.now())
        assert await treasury.books.reserve(one) is None
        return one
