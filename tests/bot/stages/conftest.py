"""A live desk for each test, in the language that the test asks for."""

import pytest

from tests.bot.stages.city import USUAL, fakes, living


@pytest.fixture
async def venues():
    async with fakes() as served:
        yield served


@pytest.fixture
def opens(monkeypatch, tmp_path):
    """Two with the same folder are one desk before and after a restart."""

    def opened(venues, plan=USUAL, folder=tmp_path):
        return living(monkeypatch, venues, folder, plan)

    return opened


@pytest.fixture
async def city(opens, venues):
    async with opens(venues) as city:
        yield city
