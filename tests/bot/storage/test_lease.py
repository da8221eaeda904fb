"""One process an account, in both databases; seconds pass only when a test says so."""

import asyncio

import pytest
from sqlalchemy import delete, text, update

from bot.leases import KeepLeases, leased
from bot.storage import lease as timing
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.lease import BEATS_EVERY, HELD_FOR, SILENT_FOR, Lease, LeaseHeld
from bot.storage.tables import leases
from core.domain.notice import NoticeKind
from core.errors import LeaseLost
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import ACCOUNT, person
from tests.fakes import FakeClock, MemoryLedger

HERE, THERE = "one.1:a", "two.2:b"


class Time:
    """Seconds that a test counts; whoever sleeps moves them on, and `meanwhile` happens."""

    def __init__(self):
        self.now, self.slept, self.meanwhile = 1_000.0, 0.0, None

    def seconds(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        self.slept += seconds
        if self.meanwhile:
            await self.meanwhile()


class Broken:
    """A database that nobody can reach."""

    async def run(self, *_args):
        raise DeskStorageError("gone")

    read = run


def test_a_holder_stops_long_before_anybody_else_begins():
    assert 2 * BEATS_EVERY < HELD_FOR
    assert HELD_FOR + 5 < SILENT_FOR


class OnDatabase:
    @pytest.fixture
    def time(self):
        return Time()

    @pytest.fixture
    def lease(self, database, time):
        def make(holder=HERE, account=ACCOUNT):
            return Lease(database, account, holder, time.seconds, time.sleep)

        return make

    async def test_the_first_one_has_it_at_once(self, lease, time):
        first = lease()
        with pytest.raises(LeaseLost):
            await first.check()
        await first.acquire()
        await first.check()
        assert (first.fence, time.slept) == (1, 0)

    async def test_a_living_holder_keeps_everybody_else_out(self, lease, time):
        first, second = lease(), lease(THERE)
        await first.acquire()
        time.meanwhile = first.beat
        with pytest.raises(LeaseHeld, match=rf"account {ACCOUNT} .*\(one\.1\)"):
            await second.acquire()
        await first.check()
        with pytest.raises(LeaseLost):
            await second.check()

    async def test_a_takeover_waits_until_the_old_holder_has_surely_stopped(self, lease, time):
        first, second = lease(), lease(THERE)
        await first.acquire()
        stopped = []

        async def looks():
            if not stopped:
                try:
                    await first.check()
                except LeaseLost:
                    stopped.append(time.slept)

        time.meanwhile = looks
        await second.acquire()
        assert stopped == [HELD_FOR]
        assert time.slept == SILENT_FOR
        assert second.fence == 2
        await second.check()

    async def test_a_beat_in_the_last_moment_keeps_it(self, lease, time):
        first, second = lease(), lease(THERE)
        await first.acquire()

        async def late():
            if time.slept == SILENT_FOR:
                await first.beat()

        time.meanwhile = late
        with pytest.raises(LeaseHeld):
            await second.acquire()
        await first.check()

    async def test_of_two_who_wait_one_gets_it(self, lease, time):
        await lease().acquire()
        waiting = [lease(f"w{n}.{n}:x") for n in range(2)]
        done = await asyncio.gather(*(one.acquire() for one in waiting), return_exceptions=True)
        assert [type(one) for one in done].count(type(None)) == 1
        assert sorted(one.fence for one in waiting) == [0, 2]

    async def test_after_a_crash_the_same_place_need_not_wait(self, lease, time):
        """Whoever begins there has the folder's lock, so the old one is over."""
        crashed, again = lease("one.1:old"), lease("one.1:new")
        await crashed.acquire()
        await again.acquire()
        assert (again.fence, time.slept) == (2, 0)
        with pytest.raises(LeaseLost):
            await crashed.check()

    async def test_after_a_clean_end_nobody_has_to_wait(self, lease, time):
        first, second = lease(), lease(THERE)
        await first.acquire()
        await first.release()
        await second.acquire()
        assert (second.fence, time.slept) == (2, 0)
        with pytest.raises(LeaseLost):
            await first.check()

    async def test_letting_go_late_takes_nothing_from_the_next(self, lease, time):
        first, second = lease(), lease(THERE)
        await first.acquire()
        await second.acquire()
        await first.release()
        await second.check()
        await second.beat()

    async def test_without_a_beat_it_runs_out_by_our_own_clock(self, lease, time):
        held = lease()
        await held.acquire()
        time.now += HELD_FOR - 0.001
        await held.check()
        time.now += 0.001
        with pytest.raises(LeaseLost):
            await held.check()

    async def test_a_beat_counts_from_its_beginning(self, lease, time, database, monkeypatch):
        held = lease()
        await held.acquire()
        run = Database.run

        async def slowly(self, *args):
            done = await run(self, *args)
            time.now += 5
            return done

        monkeypatch.setattr(Database, "run", slowly)
        await held.beat()
        time.now += HELD_FOR - 5
        with pytest.raises(LeaseLost):
            await held.check()

    async def test_what_ran_out_and_was_taken_by_nobody_comes_back_with_a_beat(self, lease, time):
        held = lease()
        await held.acquire()
        time.now += 60
        await held.beat()
        await held.check()

    async def test_a_higher_number_is_the_end_for_good(self, lease, time):
        first = lease()
        await first.acquire()
        await lease("one.1:new").acquire()
        with pytest.raises(LeaseLost):
            await first.check()
        with pytest.raises(LeaseLost):
            await first.beat()
        assert first.is_lost

    async def test_a_row_that_has_vanished_is_nobodys(self, lease, database):
        held = lease()
        await held.acquire()
        await database.run(lambda connection: connection.execute(delete(leases)))
        with pytest.raises(LeaseLost):
            await held.check()

    async def test_a_silent_database_stops_nothing_before_the_time(self, lease, time, caplog):
        held = lease()
        await held.acquire()
        held.database = Broken()
        await held.check()
        assert "cannot be read" in caplog.text
        time.now += HELD_FOR
        with pytest.raises(LeaseLost):
            await held.check()

    async def test_a_database_that_hangs_does_not_hold_up_a_stop(self, lease, monkeypatch):
        held = lease()
        await held.acquire()
        monkeypatch.setattr(timing, "PATIENCE", 0.01)

        class Hanging:
            async def read(self, *_args):
                await asyncio.sleep(60)

        held.database = Hanging()
        await held.check()

    async def test_accounts_have_leases_of_their_own(self, lease):
        one, other = lease(), lease(THERE, "binance-main")
        await one.acquire()
        await other.acquire()
        await one.check()
        await other.check()

    async def test_it_beats_until_it_is_lost_and_that_is_told(self, lease, time, database):
        held, ledger, clock = lease(), MemoryLedger(person()), FakeClock()
        await held.acquire()
        beats = []

        async def meanwhile():
            beats.append(time.now)
            if len(beats) == 2:
                held.database = Broken()
            if len(beats) == 3:
                held.database = database
            if len(beats) == 4:
                await database.run(
                    lambda c: c.execute(update(leases).values(fence=leases.c.fence + 1))
                )

        time.meanwhile = meanwhile
        await KeepLeases((held,), ledger, clock)()
        assert len(beats) == 4
        (notice,) = ledger.notices
        assert (notice.kind, notice.account, notice.silent) == (
            NoticeKind.LEASE_LOST,
            ACCOUNT,
            False,
        )
        with pytest.raises(LeaseLost):
            await held.check()

    async def test_a_desk_holds_all_its_accounts_and_lets_go_of_them(self, database):
        async with leased(database, ("paper", "binance-main"), "one.1") as held:
            assert [one.fence for one in held] == [1, 1]
            for one in held:
                await one.check()
        async with leased(database, ("binance-main",), "two.2") as (after,):
            assert after.fence == 2

    async def test_a_desk_that_finds_another_says_so_in_one_sentence(
        self, lease, database, monkeypatch
    ):
        """Not even one account of it begins."""
        first = lease()
        await first.acquire()
        monkeypatch.setattr(timing, "LOOKS_EVERY", 0.03)

        async def beats():
            while True:
                await asyncio.sleep(0.01)
                await first.beat()

        beating = asyncio.ensure_future(beats())
        with pytest.raises(LeaseHeld, match="stop that one first"):
            async with leased(database, ("binance-main", ACCOUNT), "two.2"):
                pytest.fail("it began")
        beating.cancel()
        await first.check()
        async with leased(database, ("binance-main",), "three.3"):
            pass


class TestLeaseOnSqlite(OnSqlite, OnDatabase):
    async def test_a_second_engine_over_the_same_file_sees_it(self, lease, url, time):
        first = lease()
        await first.acquire()
        other = await Database.open(url)
        second = Lease(other, ACCOUNT, "one.1:new", time.seconds, time.sleep)
        await second.acquire()
        await other.close()
        with pytest.raises(LeaseLost):
            await first.check()

    async def test_a_database_that_can_only_be_read_runs_out_too(self, lease, database, time):
        held = lease()
        await held.acquire()
        await database.run(lambda connection: connection.execute(text("DROP TABLE leases")))
        await held.check()
        time.now += HELD_FOR
        with pytest.raises(LeaseLost):
            await held.check()


class TestLeaseOnPostgres(OnPostgres, OnDatabase):
    pass
