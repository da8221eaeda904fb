"""Every message that an event causes arrives, in order, or is given up aloud."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.storage.outbox import SqlOutbox
from core.domain.notice import NoticeKind
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON, notice, person

MINUTE = timedelta(minutes=1)
REPORT = notice(kind=NoticeKind.REPORT, subject="")
MIXED = {
    "equity": Decimal("9960.20"),
    "since": NOON + timedelta(microseconds=7),
    "trades": 3,
    "five": "5",
    "moment": "2024-01-01T12:00:00Z",
}


@pytest.fixture
def outbox(database):
    return SqlOutbox(database)


class OutboxContract:
    async def test_a_notice_goes_to_each_person(self, ledger, outbox):
        await ledger.commit(person(), person(id=7, chat=-7), notice())

        rows = await outbox.due(NOON, 10)

        assert [(row.person, row.chat) for row in rows] == [(7, -7), (42, 42)]
        assert all(row.notice == notice() and row.attempts == 0 for row in rows)

    async def test_a_notice_to_nobody_is_not_written(self, ledger, outbox):
        await ledger.commit(notice())

        assert await outbox.waiting() == 0

    async def test_numbers_keep_their_kind(self, ledger, outbox):
        await ledger.commit(person(), notice(numbers=MIXED))

        (row,) = await outbox.due(NOON, 10)

        assert row.notice.numbers == MIXED
        assert {name: type(number) for name, number in row.notice.numbers.items()} == {
            name: type(number) for name, number in MIXED.items()
        }

    async def test_the_oldest_come_first_and_not_more_than_asked(self, ledger, outbox):
        await ledger.commit(person(), *(notice(subject=f"s{n}") for n in range(3)))

        rows = await outbox.due(NOON, 2)

        assert [row.notice.subject for row in rows] == ["s0", "s1"]
        assert await outbox.waiting() == 3

    async def test_what_was_sent_is_not_due_again(self, ledger, outbox):
        await ledger.commit(person(), notice(), REPORT)
        first, second = await outbox.due(NOON, 10)
        await outbox.sent(first.id, 1001, NOON)
        await outbox.sent(second.id, None, NOON)

        assert await outbox.due(NOON, 10) == ()
        assert await outbox.waiting() == 0

    async def test_a_chat_whose_first_row_waits_yields_nothing_until_then(self, ledger, outbox):
        await ledger.commit(person(), person(id=7, chat=7), notice(), REPORT)
        held_up = next(row for row in await outbox.due(NOON, 10) if row.chat == 42)
        await outbox.postpone(held_up.id, NOON + MINUTE)

        assert {row.chat for row in await outbox.due(NOON, 10)} == {7}

        again = [row for row in await outbox.due(NOON + MINUTE, 10) if row.chat == 42]
        assert [(row.id, row.attempts) for row in again] == [
            (held_up.id, 1),
            (held_up.id + 2, 0),
        ]

    async def test_a_row_that_is_given_up_lets_the_next_one_pass(self, ledger, outbox):
        await ledger.commit(person(), notice(), REPORT)
        first, second = await outbox.due(NOON, 10)
        await outbox.postpone(first.id, NOON + MINUTE)
        await outbox.give_up(first.id, "blocked by the person")

        assert await outbox.due(NOON, 10) == (second,)
        assert await outbox.waiting() == 1


class TestOutboxOnSqlite(OnSqlite, OutboxContract):
    pass


class TestOutboxOnPostgres(OnPostgres, OutboxContract):
    pass
