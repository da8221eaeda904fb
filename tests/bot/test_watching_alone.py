"""Whoever has lost the lease of an account looks after it no longer: not even on paper."""

import pytest

from bot.jobs import Watch
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
