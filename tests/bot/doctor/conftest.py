"""An owner with keys, beside a fake Binance that has a demo."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from bot.doctor import command
from tests.bot.rescue.conftest import blank_file, home
from tests.bot.rescue.scene import ACCOUNT, Scene
from tests.venues.binance.dialect import BINANCE
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.binance.opening import open_floor

__all__ = ["blank_file", "home"]
WITH_DEMO = replace(BINANCE, hosts=(*BINANCE.hosts, "demo-fapi.binance.com"))


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (WITH_DEMO,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
async def owner(home, venues, monkeypatch, capsys):
    made = Scene(home, venues, open_floor(venues["binance"]), monkeypatch, capsys)
    await asyncio.to_thread(made.has_keys)
    return made


@pytest.fixture
def visits(owner):
    """The exit code and the lines of `python -m bot doctor --venue binance …`."""

    async def visit(*words):
        means = command.Means(clock=owner.clock, adjust=owner.adjust, pause=0.01)
        line = ["--venue", "binance", "--account", ACCOUNT, "--language", "en", *words]
        code = await asyncio.to_thread(partial(command.main, line, means))
        return code, owner.capsys.readouterr().out.splitlines()

    return visit
