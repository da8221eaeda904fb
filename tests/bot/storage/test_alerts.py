"""Alerts outlive the process, and each rings once for its own person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.alerts import SqlAlerts
from bot.storage.errors import DeskStorageError
from bot.storage.outbox import SqlOutbox
from core.domain.notice import NoticeKind
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON, PERSON, notice, person
from tests.core.alerts.test_alert import ABOVE

BELL = notice(kind=NoticeKind.ALERT, subject="a1")
FIRED = replace(ABOVE, fired_at=NOON)


class AlertsContract:
    async def test_an_alert_comes_back_as_it_was_written(self, database):
        store = SqlAlerts(database)
        assert await store.add(ABOVE, 50)
        assert await store.waiting() == (ABOVE,)
        assert await store.waiting(42) == (ABOVE,)
        assert await store.waiting(7) == ()

    async def test_a_person_has_so_many_and_no_more(self, database):
        store = SqlAlerts(database)
        later = replace(ABOVE, id="a2", created_at=NOON + timedelta(seconds=1))
        assert await store.add(ABOVE, 1)
        assert not await store.add(later, 1)
        assert await store.add(replace(later, person=7), 1)
        await store.ring(FIRED, BELL)
        assert await store.add(replace(later, id="a3"), 1)

    async def test_alerts_of_one_moment_keep_the_order_in_which_they_were_set(self, database):
        store = SqlAlerts(database)
        for name in "cab":
            await store.add(replace(ABOVE, id=name), 50)
        assert [alert.id for alert in await store.waiting()] == ["c", "a", "b"]

    async def test_it_rings_once_for_its_person_alone(self, database, ledger):
        await ledger.commit(PERSON, person(id=7, chat=7))
        store, outbox = SqlAlerts(database), SqlOutbox(database)
        await store.add(ABOVE, 50)

        assert await store.ring(FIRED, BELL)
        assert not await store.ring(FIRED, BELL)

        (waiting,) = await outbox.due(NOON, 10)
        assert (waiting.person, waiting.notice) == (42, BELL)
        assert await store.waiting() == ()

    async def test_without_its_notice_it_has_not_rung(self, database, monkeypatch):
        """Both are one transaction: whatever breaks in between, it rings later, once."""
        store = SqlAlerts(database)
        await store.add(ABOVE, 50)

        def breaks(*_):
            raise InterruptedError

        monkeypatch.setattr("bot.storage.alerts.tell", breaks)
        with pytest.raises((InterruptedError, DeskStorageError)):
            await store.ring(FIRED, BELL)

        assert await store.waiting() == (ABOVE,)

    async def test_one_that_was_dropped_neither_rings_nor_comes_back(self, database, ledger):
        await ledger.commit(PERSON)
        store = SqlAlerts(database)
        await store.add(ABOVE, 50)
        assert not await store.drop("a1", 7)
        assert await store.drop("a1", 42)

        await store.change(replace(ABOVE, armed=False))

        assert not await store.ring(FIRED, BELL)
        assert await store.waiting() == ()
        assert await SqlOutbox(database).due(NOON, 10) == ()

    async def test_a_change_is_kept_while_it_waits(self, database):
        store = SqlAlerts(database)
        waits = replace(ABOVE, armed=False)
        await store.add(waits, 50)
        await store.change(ABOVE)
        assert await store.waiting() == (ABOVE,)


class TestAlertsOnSqlite(OnSqlite, AlertsContract):
    pass


class TestAlertsOnPostgres(OnPostgres, AlertsContract):
    pass
