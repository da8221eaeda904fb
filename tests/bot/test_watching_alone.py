"""Whoever has lost the lease of an account looks after it no longer: not even on paper."""

from types import SimpleNamespace

import pytest

from bot.jobs import Watch
from bot.running import _stops
from core.errors import LeaseLost


class Lost:
    async def check(self):
        raise LeaseLost(account="main")


async def test_a_process_that_lost_its_account_does_not_go_near_it():
    touched = []

    async def touch():
        touched.append("something")

    watch = Watch(touch, touch, touch, touch, Lost())

    with pytest.raises(LeaseLost):
        await watch()

    assert touched == []


async def test_nor_does_it_ask_for_stops_in_between():
    touched = []

    async def hurry():
        touched.append("something")

    venue = SimpleNamespace(
        send=SimpleNamespace(fence=Lost()), protect=SimpleNamespace(hurry=hurry)
    )

    with pytest.raises(LeaseLost):
        await _stops(SimpleNamespace(venue=venue))

    assert touched == []
