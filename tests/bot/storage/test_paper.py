"""What core asks of a paper account's bed, asked of both databases."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.storage.paper import SqlPaperStore
from core.domain.paper import Book, Holding, PaperState
from core.domain.trading import OrderState, OrderStatus
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import ACCOUNT, NOON, SYMBOL, fill, funding, order

ETH = "ETH/USDT:USDT"
HOLDING = Holding(
    amount=Decimal("-0.026"),
    entry_price=Decimal(64_000),
    margin=Decimal("554.66"),
    leverage=3,
    opened_at=NOON,
)
WAITING = OrderState(order(), OrderStatus.OPEN, Decimal(0), NOON)
BOOK = Book(symbol=SYMBOL, seen=NOON, mark=Decimal(64_000), holding=HOLDING, orders=(WAITING,))
EMPTY = Book(symbol=ETH, seen=NOON, mark=Decimal(3_400))
STATE = PaperState(Decimal("9999.17"), 1, {SYMBOL: BOOK, ETH: EMPTY})


@pytest.fixture
def store(database):
    return SqlPaperStore(database)


class PaperStoreContract:
    async def test_an_account_that_never_slept_is_none(self, store):
        assert await store.load(ACCOUNT) is None

    async def test_an_account_wakes_as_it_fell_asleep(self, store):
        await store.save(ACCOUNT, STATE)

        assert await store.load(ACCOUNT) == STATE

    async def test_books_that_are_not_given_stay(self, store):
        await store.save(ACCOUNT, STATE)
        later = replace(EMPTY, seen=NOON + timedelta(hours=1))
        await store.save(ACCOUNT, PaperState(Decimal(10_000), 2, {ETH: later}))

        assert await store.load(ACCOUNT) == PaperState(
            Decimal(10_000), 2, {SYMBOL: BOOK, ETH: later}
        )

    async def test_an_empty_book_is_written_because_seen_counts(self, store):
        await store.save(ACCOUNT, STATE)
        gone = replace(BOOK, holding=None, orders=(), seen=NOON + timedelta(hours=1))
        await store.save(ACCOUNT, replace(STATE, books={SYMBOL: gone}))

        assert (await store.load(ACCOUNT)).books[SYMBOL] == gone

    async def test_accounts_do_not_see_each_other(self, store):
        await store.save(ACCOUNT, STATE, activity=[fill()])

        assert await store.load("other") is None
        assert await store.activity("other", 0) == ()

    async def test_a_closed_order_is_found_by_its_id(self, store):
        filled = replace(WAITING, status=OrderStatus.FILLED, filled=Decimal("0.026"))
        await store.save(ACCOUNT, STATE, closed=[filled])

        assert await store.closed_order(ACCOUNT, "k7q2eentry1") == filled
        assert await store.closed_order(ACCOUNT, "k7q2estop1") is None
        assert await store.closed_order("other", "k7q2eentry1") is None

    async def test_activity_after_a_seq_in_order(self, store):
        await store.save(ACCOUNT, STATE, activity=[funding(), fill()])

        assert await store.activity(ACCOUNT, 0) == (fill(), funding())
        assert await store.activity(ACCOUNT, 1) == (funding(),)
        assert await store.activity(ACCOUNT, 2) == ()

    async def test_activity_saved_twice_is_there_once(self, store):
        await store.save(ACCOUNT, STATE, activity=[fill()])
        await store.save(ACCOUNT, STATE, activity=[fill(), funding()])

        assert await store.activity(ACCOUNT, 0) == (fill(), funding())


class TestPaperStoreOnSqlite(OnSqlite, PaperStoreContract):
    pass


class TestPaperStoreOnPostgres(OnPostgres, PaperStoreContract):
    pass
