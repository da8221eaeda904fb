"""What has left lately, in both databases."""

from datetime import timedelta

import pytest

from bot.storage.sent import SqlSent
from core.domain.intent import IntentStatus
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import ACCOUNT, NOON, intent, order

SECOND = timedelta(seconds=1)


def one(name, seconds, **changes):
    sent = {"status": IntentStatus.ACCEPTED, "sent_at": NOON + seconds * SECOND}
    return intent(order=order(client_order_id=name), **(sent | changes))


class OnDatabase:
    @pytest.fixture
    def sent(self, database):
        return SqlSent(database)

    async def test_they_come_back_equal_and_oldest_first(self, sent, ledger):
        late, early = one("late", 9), one("early", 5)
        await ledger.commit(late, early)
        assert await sent.since(ACCOUNT, NOON) == (early, late)
        assert await sent.since(ACCOUNT, NOON + 5 * SECOND) == (early, late)
        assert await sent.since(ACCOUNT, NOON + 6 * SECOND) == (late,)

    async def test_what_has_not_left_and_what_is_another_accounts_is_not_told(self, sent, ledger):
        written = one("written", 1, status=IntentStatus.NEW, sent_at=None)
        await ledger.commit(written, one("foreign", 1, account="other"))
        assert await sent.since(ACCOUNT, NOON) == ()


class TestSentOnSqlite(OnSqlite, OnDatabase):
    pass


class TestSentOnPostgres(OnPostgres, OnDatabase):
    pass
