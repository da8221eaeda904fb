"""What was spent and said goes on file a moment later, and nothing of it is lost or counted twice."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from bot import books as module
from bot.books import Books
from bot.storage.calls import SqlPurse
from bot.storage.errors import DeskStorageError
from bot.storage.minutes import SqlMinutes
from core.domain.model import CallStatus, Failure
from core.spending.caps import Caps
from core.spending.settling import settled
from tests.bot.storage.conftest import blank_file, database  # noqa: F401
from tests.bot.storage.places import OnSqlite
from tests.builders import NOON
from tests.core.purse_contract import DAY, MinutesContract, PurseContract, exchange
from tests.model_fakes import PRICE, SAID, FakeAllowance, call

END = settled(call(), SAID, PRICE)


@pytest.fixture
def allowance():
    return FakeAllowance()


@pytest.fixture
def purse(database, allowance):  # noqa: F811
    return SqlPurse(database, allowance)


@pytest.fixture
def books(database, purse):  # noqa: F811
    return Books(database, purse, SqlMinutes(database))


@pytest.fixture
async def running(books):
    task = asyncio.ensure_future(books.run())
    await asyncio.sleep(0)
    yield books
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class TestBooksAtOnceArePurse(OnSqlite, PurseContract):
    @pytest.fixture
    def purse(self, books):
        return books

    @pytest.fixture
    def books(self, database, allowance):  # noqa: F811
        return Books(database, SqlPurse(database, allowance), SqlMinutes(database))


class TestBooksAMomentLaterArePurse(OnSqlite, PurseContract):
    @pytest.fixture
    async def purse(self, database, allowance):  # noqa: F811
        books = Books(database, SqlPurse(database, allowance), SqlMinutes(database))
        task = asyncio.ensure_future(books.run())
        await asyncio.sleep(0)
        yield books
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class TestBooksAreMinutes(OnSqlite, MinutesContract):
    @pytest.fixture
    def minutes(self, running):
        return running


async def on_file(purse):
    return [(one.id, one.status) for one in await purse.calls(NOON - DAY, NOON + DAY)]


class TestBooks(OnSqlite):
    async def test_money_is_set_aside_on_file_before_anything_is_sent(self, running, purse):
        assert await running.reserve(call()) is None
        assert await on_file(purse) == [("c1", CallStatus.RESERVED)]

    async def test_whoever_has_an_answer_does_not_wait_for_the_disk(
        self,
        running,
        purse,
        database,  # noqa: F811
        monkeypatch,
    ):
        monkeypatch.setattr(module, "MOMENT", 0.05)
        await running.reserve(call())
        transactions = []
        run = database.run

        async def counted(work, *args):
            transactions.append(work)
            return await run(work, *args)

        monkeypatch.setattr(database, "run", counted)
        await running.settle(END)
        await running.keep(exchange())
        assert transactions == []
        assert await on_file(purse) == [("c1", CallStatus.RESERVED)]

        await asyncio.sleep(0.5)
        assert len(transactions) == 1
        assert await on_file(purse) == [("c1", CallStatus.ANSWERED)]
        assert await SqlMinutes(database).find(exchange().key) == exchange()

    async def test_the_end_of_the_process_writes_what_is_left(self, books, purse, database):  # noqa: F811
        with pytest.raises(ExceptionGroup):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(books.run())
                await books.reserve(call())
                await books.settle(END)
                await books.keep(exchange())
                raise KeyError("the end")
        assert await on_file(purse) == [("c1", CallStatus.ANSWERED)]
        assert await SqlMinutes(database).find(exchange().key) == exchange()

    async def test_what_is_settled_while_the_process_ends_is_written_too(self, books, purse):
        async def asks():
            await books.reserve(call())
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.05)
                await books.settle(END)

        with pytest.raises(ExceptionGroup):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(books.run())
                tasks.create_task(asks())
                await asyncio.sleep(0.1)
                raise KeyError("the end")
        assert await on_file(purse) == [("c1", CallStatus.ANSWERED)]

    async def test_a_process_that_died_in_between_has_set_the_worst_aside(
        self, running, purse, allowance
    ):
        await running.reserve(call())
        await running.settle(END)
        again = SqlPurse(running._database, allowance)
        assert await again.clear(NOON) == 1
        (made,) = await purse.calls(NOON - DAY, NOON + DAY)
        assert made.cost == made.reserved

    async def test_what_an_answer_left_over_is_there_for_the_next(self, running, allowance):
        allowance.caps = Caps(month=Decimal(1), day=Decimal(1))
        big = call(reserved=Decimal("0.9"))
        assert await running.reserve(big) is None
        assert await running.reserve(replace(big, id="c2")) is Failure.BUDGET
        await running.settle(settled(big, SAID, PRICE))
        assert await running.reserve(replace(big, id="c2")) is None

    async def test_what_could_not_be_written_is_tried_again(
        self,
        running,
        purse,
        database,  # noqa: F811
        monkeypatch,
    ):
        await running.reserve(call())
        await running.settle(END)
        await running.keep(exchange())
        with monkeypatch.context() as broken:

            async def full(*_):
                raise DeskStorageError("no room")

            broken.setattr(database, "run", full)
            with pytest.raises(DeskStorageError):
                await running.write()
        await running.write()
        assert await on_file(purse) == [("c1", CallStatus.ANSWERED)]
        assert await running.find(exchange().key) == exchange()
