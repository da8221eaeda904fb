"""One account's guards over the real database, a paper broker and a market that a test moves."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.guarding import Guarded
from bot.storage.sent import SqlSent
from core.calendar import day_start
from core.domain.intent import Role
from core.domain.ledger import EquityMark
from core.domain.restraint import Reason, TradingState
from core.domain.trade import Exit
from core.execution.orders import entry_order, intent_for
from core.guard.entering import Barred
from tests.builders import ACCOUNT, PERSON
from tests.core.guard.fakes import FakeDisk, FakeJumps, FakeReconciliation
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"


@pytest.fixture
def desk(lasting_desk):
    return lasting_desk


@pytest.fixture
def guarded(desk):
    return Guarded(
        account=ACCOUNT,
        clock=desk.clock,
        broker=desk.line,
        ledger=desk.ledger,
        market=desk.street,
        sent=SqlSent(desk.ledger.database),
        disk=FakeDisk(),
        jumps=FakeJumps(),
        turn=asyncio.Lock(),
        reconcile=FakeReconciliation(),
    )


async def wish(desk, symbol):
    """An entry as the desk would send it."""
    trade = await desk.trade(symbol)
    before = await desk.ledger.trade_intents(trade.id)
    return trade, next(one for one in before if one.role is Role.ENTRY)


async def test_what_the_desk_wants_by_itself_the_gate_lets_out(desk, guarded):
    _, entry = await wish(desk, BTC)
    assert await guarded.gate().admit(entry) is None


async def test_entries_that_left_are_counted_from_the_database(desk, guarded):
    trade, entry = await wish(desk, BTC)
    for n in range(8):
        order = entry_order(trade, f"x{n}")
        sent = intent_for(trade, Role.ENTRY, order, desk.clock.now())
        await desk.ledger.commit(replace(sent, sent_at=desk.clock.now()))
    assert await guarded.gate().admit(entry) == Barred.RATE.code
    desk.clock.advance(minutes=2)
    desk.street.says(BTC, "100")
    assert await guarded.gate().admit(entry) is None


async def rounds(desk, guard, n=4):
    found = []
    for _ in range(n):
        found += await guard()
        desk.clock.advance(minutes=1)
    return found


@pytest.mark.parametrize(
    "bars",
    [
        ("100 101 99 100", "100 104 100 103.5", "103.5 108 103 107"),
        ("100 101 97 98", "98 98 96 97"),
        ("100 100.5 99.5 100", "97.4 97.5 96 97"),
        ("100 103.5 100 103", "103 103 99 100"),
    ],
    ids=["targets", "stopped", "gap through the stop", "trailed"],
)
async def test_an_ordinary_life_raises_no_alarm(desk, guarded, bars):
    guard = guarded.guard()
    assert await rounds(desk, guard) == []
    await desk.trade(BTC)
    assert await rounds(desk, guard) == []
    for bar in bars:
        await desk.lives(bar)
        assert await rounds(desk, guard) == []
    assert len(await desk.ledger.booked(ACCOUNT)) > 1
    assert (await desk.ledger.settings(ACCOUNT)).trading is TradingState.ACTIVE


async def test_a_stop_that_falls_through_half_of_the_feared_gap_halts(desk, guarded):
    guard = guarded.guard()
    await desk.trade(BTC)
    await desk.lives("100 100.5 99.5 100", "94 94 93 93.5")
    found = {cause.reason for cause in await rounds(desk, guard, 1)}
    assert Reason.SLIPPAGE in found
    assert (await desk.ledger.settings(ACCOUNT)).trading is TradingState.HALTED


async def test_a_jump_halts_shuts_the_gate_and_a_person_opens_it_again(desk, guarded):
    _, entry = await wish(desk, BTC)
    guarded.jumps.by = timedelta(seconds=61)
    await guarded.guard()()
    guarded.jumps.by = timedelta()
    known = await desk.ledger.settings(ACCOUNT)
    assert [cause.reason for cause in known.halts] == [Reason.CLOCK]
    assert await guarded.gate().admit(entry) == Barred.HALTED.code
    await guarded.resume()(PERSON, 1)
    assert guarded.reconcile.asked == 1
    assert await guarded.gate().admit(entry) is None
    assert await guarded.guard()() == ()


async def test_a_lost_day_rests_until_midnight_and_closes_pass(desk, guarded):
    trade, entry = await wish(desk, ETH)
    two_days_ago = desk.clock.now() - timedelta(days=2)
    await desk.ledger.commit(EquityMark(ACCOUNT, two_days_ago, Decimal(10_200), Decimal(10_000)))
    found = {cause.reason: cause.until for cause in await guarded.guard()()}
    assert found[Reason.DAY_LOSS] == day_start(desk.clock.now()) + timedelta(days=1)
    assert await guarded.gate().admit(entry) == Barred.REDUCING.code
    assert not (await desk.close(trade.id, Exit.PERSON)).is_live
