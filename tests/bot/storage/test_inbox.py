"""An update that may move money is handled, after a crash too, and counted once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.inbox import SqlInbox
from core.domain.ledger import Received
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON

PANIC = Received(9_000_000_001, '{"text": "/panic"}', NOON)
CLOSE = Received(9_000_000_002, '{"text": "/close"}', NOON + timedelta(seconds=1))


@pytest.fixture
def inbox(database):
    return SqlInbox(database)


class InboxContract:
    async def test_the_unfinished_come_oldest_first(self, inbox):
        await inbox.receive([CLOSE, PANIC])

        assert await inbox.unfinished() == (PANIC, CLOSE)

    async def test_a_known_update_is_skipped(self, inbox):
        assert await inbox.receive([PANIC]) == {PANIC.update_id}
        assert await inbox.receive([PANIC, CLOSE]) == {CLOSE.update_id}

        assert await inbox.unfinished() == (PANIC, CLOSE)

    async def test_a_known_number_with_other_words_is_another_update(self, inbox):
        await inbox.receive([PANIC])
        await inbox.finish(PANIC.update_id, NOON)
        other = replace(PANIC, body="{}")

        assert await inbox.receive([other]) == {PANIC.update_id}
        assert await inbox.unfinished() == (other,)

    async def test_a_finished_update_does_not_come_back(self, inbox):
        await inbox.receive([PANIC])
        await inbox.finish(PANIC.update_id, NOON)
        await inbox.receive([PANIC])

        assert await inbox.unfinished() == ()

    async def test_nothing_received_is_no_trouble(self, inbox):
        await inbox.receive([])

        assert await inbox.unfinished() == ()


class TestInboxOnSqlite(OnSqlite, InboxContract):
    pass


class TestInboxOnPostgres(OnPostgres, InboxContract):
    pass
