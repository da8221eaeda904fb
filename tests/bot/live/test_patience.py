"""One question waits once, however many answers it needs, and hardly at all for a silent venue."""

import asyncio
from datetime import timedelta

import pytest

from bot.live import patience
from bot.live.patience import Patience
from tests.bot.live.street import BTC, feed


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    monkeypatch.setattr(patience, "HASTE", 0.02)


async def waited(street, times=3):
    loop = asyncio.get_running_loop()
    began, once = loop.time(), Patience.with_(street)
    for _ in range(times):
        await once(asyncio.sleep(9))
    return loop.time() - began


async def test_several_answers_share_one_deadline():
    street, _ = feed()
    assert 0.15 < await waited(street) < 0.35


async def test_a_venue_that_is_silent_already_is_hardly_waited_for():
    street, _ = feed()
    await street.refresh([BTC])
    street.clock.advance(seconds=31)
    assert street.silence() == timedelta(seconds=31)
    assert await waited(street) < 0.1
