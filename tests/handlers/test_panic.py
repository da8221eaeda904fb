"""Everything off, now: whatever else is going on."""

import asyncio
from datetime import timedelta

import pytest

from bot import polling
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.paper import SqlPaperStore
from core.domain.people import Language
from core.domain.trade import Exit
from core.engine import FormDecisions
from core.errors import NoMarketData
from core.owner import ACCOUNT
from core.proposing import ProposeTrades
from core.reading import ReadStatus
from tests.handlers.town import Plan
from tests.phone import labels


async def test_panic_closes_pauses_and_says_so(town, phone):
    await town.holds(phone)
    await phone.says("/panic")
    assert phone.hears("All flat (12:00:00). 1 desk positions -")
    assert phone.hears("3 orders cancelled, 0 left. Entries off until /resume.")
    assert (await town.settings()).paused
    (trade,) = await town.ledger.closed_trades(ACCOUNT)
    assert trade.exit is Exit.PANIC


async def test_panic_with_nothing_to_close_still_answers(phone):
    await phone.says("/panic")
    assert phone.hears("All flat (12:00:00). 0 desk positions 0.00, 0 orders cancelled, 0 left.")


async def test_panic_takes_the_waiting_cards_away(town, phone):
    await town.offers(phone)
    await phone.says("/panic")
    assert await town.waiting() == ()
    assert phone.sees("expired · 12:00")
    assert not any("Approve" in label for m in phone.messages for label in labels(m))


async def test_after_panic_one_tap_turns_entries_on_again(town, phone):
    await phone.says("/panic")
    assert await phone.taps("Resume") == "Entries are on again."
    assert not (await town.settings()).paused


async def test_panic_twice_is_harmless(town, phone):
    await town.holds(phone)
    await phone.says("/panic")
    await phone.says("/panic")
    assert phone.hears("0 desk positions 0.00")
    assert await town.open_trades() == ()


@pytest.mark.parametrize(
    ("stuck", "where"),
    [(FormDecisions, "__call__"), (ProposeTrades, "_answer")],
    ids=["look", "lane"],
)
async def test_panic_waits_for_no_other_handler(town, phone, monkeypatch, stuck, where):
    """Whatever hangs, and whatever it holds while it hangs: /panic closes, and says so."""
    await town.holds(phone)
    with monkeypatch.context() as patch:
        patch.setattr(stuck, where, lambda *_: asyncio.Event().wait())
        patch.setattr("core.panic.PATIENCE", 0.05)
        await phone.says("/analyze ETH", waits=False)
        await phone.says("/status", waits=False)
        await phone.says("/panic", waits=False)
        async with asyncio.timeout(3):
            while not phone.hears("All flat"):
                await asyncio.sleep(0.01)
                await phone.look()
    assert phone.hears("1 desk positions -")
    assert await town.open_trades() == ()


async def test_panic_is_answered_while_the_market_is_down(town, phone, monkeypatch):
    await town.holds(phone)

    async def down(*_):
        raise NoMarketData(symbol="BTC/USDT:USDT")

    monkeypatch.setattr(ReadStatus, "__call__", down)
    await phone.says("/panic")
    assert phone.hears("All flat (12:00:00). 1 desk positions -")
    assert phone.hears("Panic. BTC LONG -")


async def test_panic_in_capitals_is_panic(town, phone):
    await phone.says("/PANIC")
    assert phone.hears("All flat")


async def test_panic_speaks_the_language(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/panic")
        assert phone.hears("전부 종료했습니다 (21:00:00). 봇 포지션 0개 0.00, 주문 0개 취소")


async def test_a_panic_that_comes_late_asks_before_it_sells(town, phone, monkeypatch):
    await town.holds(phone)
    monkeypatch.setattr("handlers.panic.LATE", timedelta(seconds=-1))
    await phone.says("/panic")
    assert phone.hears("Entries stopped, 1 of 1 stops verified. Still flatten?")
    assert labels(phone.messages[-1]) == ["Flatten now", "Keep stop only"]
    assert (await town.settings()).paused
    assert len(await town.open_trades()) == 1
    await phone.taps("Flatten now")
    assert phone.hears("All flat (12:00:00). 1 desk positions -")
    assert await town.open_trades() == ()


async def test_a_late_panic_may_be_answered_with_keep(town, phone, monkeypatch):
    await town.holds(phone)
    monkeypatch.setattr("handlers.panic.LATE", timedelta(seconds=-1))
    await phone.says("/panic")
    assert await phone.taps("Keep stop only") == "Entries stay off, stops stay on the exchange."
    assert len(await town.open_trades()) == 1
    assert labels(phone.messages[-1]) == []


async def test_a_late_panic_with_nothing_held_only_says_so(phone, monkeypatch):
    monkeypatch.setattr("handlers.panic.LATE", timedelta(seconds=-1))
    await phone.says("/panic")
    assert phone.hears("Entries stopped. The desk holds no position.")


@pytest.fixture
def full_disk(monkeypatch):
    """From now on nothing can be written but by the venue, which is made of paper here."""
    runs = Database.run

    async def full(database, work, *args, **more):
        if work.__module__ == SqlPaperStore.__module__:
            return await runs(database, work, *args, **more)
        raise DeskStorageError("cannot write to the database: disk is full")

    return lambda: monkeypatch.setattr(Database, "run", full)


async def test_panic_closes_everything_on_a_full_disk_and_says_so(
    town, phone, full_disk, monkeypatch
):
    monkeypatch.setattr(polling, "BACKOFF", 0.01)
    await town.holds(phone)
    await town.desk.watch()
    full_disk()
    await phone.says("/panic", waits=False)
    async with asyncio.timeout(5):
        while not phone.hears("1 desk positions closed, none left. The ledger cannot be written"):
            await asyncio.sleep(0.01)
            await phone.look()
    assert (await town.desk.venue.broker.account()).positions == ()
