"""Out of a paper account: by the desk that has it in its memory, or woken here where none lives."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.rescue.pulse import AwaitDesk, Heard
from bot.stages.feeds import lone_market
from bot.storage.lease import Lease
from bot.storage.notes import SqlNotes
from bot.storage.paper import SqlPaperStore
from core.domain.intent import IntentStatus, Role
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Placed
from core.execution.orders import intent_for, stop_order
from core.paper.broker import PaperBroker
from tests.bot.rescue.scene import SYMBOL, Scene, held
from tests.core.broker_contract import entry
from tests.venues.trading.binance.opening import open_floor

PAPER = "paper"


@pytest.fixture
async def desk(home, venues, monkeypatch, capsys):
    monkeypatch.setattr("bot.stages.feeds.WINDOWS", {})
    monkeypatch.setattr("bot.live.feed.WINDOW", 5)
    made = Scene(home, venues, open_floor(venues["binance"]), monkeypatch, capsys)
    await made.begins(PAPER)
    return made


async def woken(desk, ledger, market):
    store = SqlPaperStore(ledger.database)
    broker = PaperBroker(
        account=PAPER,
        opening_balance=Decimal(10_000),
        clock=desk.clock,
        quotes=market,
        tape=market,
        market=market,
        store=store,
    )
    await broker.advance()
    return broker


async def buys(desk):
    trade = held(desk.clock, account=PAPER)
    orders = (
        (Role.ENTRY, replace(entry(f"{trade.id}e1"), symbol=SYMBOL)),
        (Role.STOP, stop_order(trade, f"{trade.id}s1")),
    )
    async with desk.ledger() as ledger:
        notes = SqlNotes(ledger.database)
        async with lone_market("binance", desk.clock, notes, desk.adjust) as market:
            broker = await woken(desk, ledger, market)
            now = desk.clock.now()
            for role, order in orders:
                assert isinstance(await broker.place(order), Placed)
                sent = replace(
                    intent_for(trade, role, order, now), status=IntentStatus.ACCEPTED, sent_at=now
                )
                await ledger.commit(trade, sent)
    return replace(trade, amount=Decimal(0), remaining=Decimal(0), status=TradeStatus.OPENING)


async def test_where_no_desk_lives_the_account_is_woken_and_left(desk):
    trade = await buys(desk)
    await desk.knows(trade)
    code, lines = await desk.panics()
    assert code == 0, lines
    async with desk.ledger() as ledger:
        after = await ledger.trade(trade.id)
        assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PANIC)
        assert (await ledger.settings(PAPER)).paused
        state = await SqlPaperStore(ledger.database).load(PAPER)
        assert all(book.is_empty for book in state.books.values())
    assert lines[0] == "paper · paper · PAPER: nothing of the desk's is left"


async def test_a_desk_that_lives_is_asked_and_does_it_itself(desk):
    """It sees in the ledger that the trade must end, as its loop does every two seconds."""
    trade = held(desk.clock, account=PAPER)
    await desk.knows(trade)
    async with desk.ledger() as ledger:
        lease = Lease(ledger.database, PAPER, "here:desk")
        await lease.acquire()

        async def lives():
            while True:
                await lease.beat()
                found = await ledger.trade(trade.id)
                if found.ending is Exit.PANIC:
                    done = {"status": TradeStatus.CLOSED, "exit": Exit.PANIC}
                    await ledger.commit(replace(found, remaining=Decimal(0), **done))
                    return
                await asyncio.sleep(0.05)

        running = asyncio.ensure_future(lives())
        code, lines = await desk.panics()
        await running
    assert (code, desk.venues["binance"].journal.asked("klines")) == (0, [])
    assert lines[1].startswith("  closed: #K7Q2E7")


async def test_a_desk_that_lives_and_does_not_do_it_is_not_done_for_it(desk):
    trade = held(desk.clock, account=PAPER)
    await desk.knows(trade)
    async with desk.ledger() as ledger:
        lease = Lease(ledger.database, PAPER, "here:desk")
        await lease.acquire()

        async def beats():
            while True:
                await lease.beat()
                await asyncio.sleep(0.05)

        running = asyncio.ensure_future(beats())
        code, lines = await desk.panics(patience=1.0)
        running.cancel()
    assert code == 1
    assert "  could not go further: the desk that is running has not closed it yet" in lines


@pytest.mark.parametrize(("beats", "heard"), [(True, Heard.SLOW), (False, Heard.NOBODY)])
async def test_a_lease_without_beats_is_a_dead_desks(desk, beats, heard):
    await desk.knows(held(desk.clock, account=PAPER))
    async with desk.ledger() as ledger:
        lease = Lease(ledger.database, PAPER, "here:desk")
        await lease.acquire()
        waits = AwaitDesk(ledger.database, ledger, patience=0.4, every=0.05, silent=0.2)
        asked = asyncio.ensure_future(waits(PAPER))
        await asyncio.sleep(0.08)
        if beats:
            await lease.beat()
        assert await asked is heard


async def test_a_market_that_is_made_up_closes_at_the_next_start(desk, monkeypatch):
    monkeypatch.setenv("VENUE", "synthetic")
    trade = held(desk.clock, account=PAPER)
    await desk.knows(trade)
    code, lines = await desk.panics()
    assert code == 1
    assert any("closes at the next start" in line for line in lines)
    async with desk.ledger() as ledger:
        assert (await ledger.trade(trade.id)).ending is Exit.PANIC
