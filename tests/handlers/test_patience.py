"""Work that goes on beside the chat ends in an answer, whatever becomes of it."""

import asyncio
from functools import partial

import pytest

from bot.later import SoonTasks
from core.errors import NotFound
from handlers import patience
from handlers.patience import patiently


class Reader:
    def t(self, key, **_numbers):
        return key


class Shown:
    """A screen that remembers."""

    def __init__(self):
        self.reader, self.texts = Reader(), []

    async def show(self, view, *, silent=False):
        self.texts.append(view.text)


@pytest.fixture
async def later():
    soon = SoonTasks()
    async with asyncio.TaskGroup() as tasks:
        soon.bind(tasks)
        yield soon


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(patience, "SOON", 0.03)


async def breaks(after, error):
    await asyncio.sleep(after)
    raise error


@pytest.mark.parametrize("error", [NotFound(trade="x"), KeyError("a bug")], ids=type)
async def test_what_breaks_at_once_is_raised_where_somebody_waits(later, error):
    screen = Shown()
    with pytest.raises(type(error)):
        await patiently(screen, later, partial(breaks, 0, error), "asking")
    assert screen.texts == []


@pytest.mark.parametrize(
    ("error", "said"),
    [(NotFound(trade="x"), "error.not_found"), (KeyError("a bug"), "error.unexpected")],
    ids=str,
)
async def test_what_breaks_later_is_said_once(later, error, said):
    screen = Shown()
    await patiently(screen, later, partial(breaks, 0.06, error), "asking")
    assert screen.texts == ["asking"]
    await asyncio.sleep(0.06)
    assert screen.texts == ["asking", said]


async def test_what_is_quick_is_not_announced(later):
    screen = Shown()
    await patiently(screen, later, partial(asyncio.sleep, 0), "asking")
    assert screen.texts == []
