"""A console in a home of its own, beside a fake Binance."""

import shutil

import pytest

from bot.settings import DATABASE_FILE, Settings
from tests.bot.rescue.scene import ACCOUNT, Scene
from tests.bot.storage.conftest import blank_file
from tests.builders import NOON
from tests.venues.binance.dialect import BINANCE
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.binance.opening import open_floor

__all__ = ["blank_file"]


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (BINANCE,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def home(tmp_path, monkeypatch, blank_file):
    for name in (*Settings.model_fields, "credentials_directory"):
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "data").mkdir()
    shutil.copy(blank_file, tmp_path / "data" / DATABASE_FILE)
    return tmp_path


@pytest.fixture
async def scene(home, venues, monkeypatch, capsys):
    """One real account that the desk has traded, and its keys."""
    monkeypatch.setenv("ACCOUNTS", f"{ACCOUNT}=binance:live")
    monkeypatch.setenv("LIVE_MONEY", "yes")
    made = Scene(home, venues, open_floor(venues["binance"]), monkeypatch, capsys)
    await made.begins()
    return made


class Now:
    """A moment that stays."""

    def now(self):
        return NOON


@pytest.fixture
def scene_clock():
    return Now()
