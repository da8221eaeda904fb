"""A town for each test, in the language that the test asks for."""

from contextlib import asynccontextmanager

import pytest

from core.domain.people import Language
from tests.handlers.haste import hurry
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import USUAL, Plan, living


@pytest.fixture
def founded(tmp_path, monkeypatch):
    """Opens towns; two with the same folder are one town before and after a restart."""
    hurry(monkeypatch)

    @asynccontextmanager
    async def found(plan=USUAL, folder=tmp_path):
        weather = Weather()
        async with (
            telegram(weather, plan.language) as url,
            living(url, weather, folder, plan) as town,
        ):
            yield town

    return found


@pytest.fixture
async def town(founded):
    async with founded() as town:
        yield town


@pytest.fixture
async def phone(town):
    """The owner's, who has said hello."""
    phone = town.phone()
    await phone.says("/start")
    return phone


@pytest.fixture(params=list(Language))
async def anywhere(request, founded):
    """A town in each language, and the owner's phone."""
    async with founded(Plan(language=request.param)) as town:
        phone = town.phone()
        await phone.says("/start")
        yield town, phone
