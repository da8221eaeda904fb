"""Whatever fails, and whenever: no two processes believe in the same lease at one moment."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine

from bot.storage.errors import DeskStorageError
from bot.storage.lease import BEATS_EVERY, HELD_FOR, SILENT_FOR, Lease, LeaseHeld
from bot.storage.tables import leases
from core.errors import LeaseLost

BEAT, FAIL, PAUSE = "beat", "fail", "pause"
LIVES = st.lists(st.sampled_from([BEAT, FAIL, PAUSE, PAUSE, PAUSE]), max_size=60)


class Memory:
    """A database without threads, that can be out of reach of one process."""

    def __init__(self, engine=None):
        self.engine = engine or create_engine("sqlite://", poolclass=StaticPool)
        self.away = False

    def seen_by_another(self):
        return Memory(self.engine)

    async def run(self, work, *args):
        if self.away:
            raise DeskStorageError("out of reach")
        with self.engine.begin() as connection:
            return work(connection, *args)

    read = run


class World:
    """An old holder that lives as it was told, and a new one that wants the lease."""

    def __init__(self, life, offset):
        self.now, self.life, self.offset = 0.0, list(life), offset
        self.database = Memory()
        leases.create(self.database.engine)
        self.old = Lease(self.database, "a", "one:x", lambda: self.now, self.sleep)
        self.new = Lease(
            self.database.seen_by_another(), "a", "two:y", lambda: self.now + offset, self.sleep
        )

    async def sleep(self, seconds):
        self.now += seconds
        await self.lives()
        assert not (await self.believes(self.old) and await self.believes(self.new))

    async def lives(self):
        act = self.life.pop(0) if self.life else PAUSE
        self.database.away = act == FAIL
        if act == PAUSE:
            return
        with suppress(DeskStorageError, LeaseLost):
            await self.old.beat()

    async def believes(self, lease):
        """Would it send now, with nothing but its own clock?"""
        before, lease.database.away = lease.database.away, True
        try:
            await lease.check()
        except LeaseLost:
            return False
        finally:
            lease.database.away = before
        return True


@settings(max_examples=150, deadline=None)
@given(LIVES, st.floats(-1e6, 1e6))
async def test_the_old_one_has_stopped_before_the_new_one_begins(life, offset):
    world = World(life, offset)
    await world.old.acquire()
    try:
        await world.new.acquire()
    except LeaseHeld:
        assert not await world.believes(world.new)
        return
    assert world.now >= SILENT_FOR
    assert await world.believes(world.new)
    for _ in range(5):
        assert not await world.believes(world.old)
        await world.sleep(1)


@pytest.mark.parametrize("every", [BEATS_EVERY, HELD_FOR - 1])
async def test_one_that_beats_in_time_is_never_taken_over(every):
    life = [BEAT if second % every == 0 else PAUSE for second in range(1, 400)]
    world = World(life, 0.0)
    await world.old.acquire()
    with pytest.raises(LeaseHeld):
        await world.new.acquire()
    assert await world.believes(world.old)


async def test_a_holder_that_believed_itself_too_long_would_be_caught(monkeypatch):
    monkeypatch.setattr("bot.storage.lease.HELD_FOR", SILENT_FOR + 10)
    world = World([], 0.0)
    await world.old.acquire()
    await world.new.acquire()
    assert await world.believes(world.old)
    assert await world.believes(world.new)
