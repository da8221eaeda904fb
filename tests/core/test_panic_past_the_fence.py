"""Everything off, from a process whose lease has lapsed: what only reduces may leave all the same."""

import pytest

from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import LedgerUnavailable
from tests.core.execution.line import Lease, falls_silent, swallows
from tests.core.paper.builders import BTC, ETH, market

pytest_plugins = "tests.core.desk"


@pytest.fixture
async def leased(desk):
    """A desk that has to ask; its lease is there until a test takes it."""
    desk.fence = Lease()
    return await desk.restarted()


async def refused(*_changes):
    raise LedgerUnavailable


async def test_a_lease_that_has_lapsed_keeps_no_position_open(leased):
    trade = await leased.trade()
    await leased.trade(ETH, Side.SELL)
    leased.fence.lost = True
    done = await leased.panic()
    assert ([one.symbol for one in done.closed], done.left) == ([BTC, ETH], ())
    assert (await leased.broker.account()).positions == ()
    assert await leased.orders() == {}
    assert (await leased.again(trade)).exit is Exit.PANIC


async def test_nor_does_a_ledger_that_takes_nothing_so_that_the_lease_has_lapsed(
    leased, monkeypatch
):
    await leased.trade()
    await leased.watch()
    monkeypatch.setattr(leased.ledger, "commit", refused)
    leased.fence.lost = True
    done = await leased.panic()
    assert (done.left, done.written) == ((), False)
    assert (await leased.broker.account()).positions == ()
    assert await leased.orders() == {}


async def test_a_panic_without_a_lease_enters_nothing(leased):
    card = await leased.card()
    leased.fence.lost = True
    await leased.panic()
    leased.fence.lost = False
    await leased.watch()
    assert leased.line.placed() == []
    assert not (await leased.ledger.proposal(card.id)).is_pending


async def test_a_stop_is_still_looked_after_when_neither_ledger_nor_lease_is_there(
    leased, monkeypatch
):
    trade = await leased.trade()
    await leased.watch()
    (stop,) = [
        o.order
        for o in await leased.broker.open_orders()
        if o.order.client_order_id == f"{trade.id}s1"
    ]
    await leased.broker.cancel(stop)
    monkeypatch.setattr(leased.ledger, "commit", refused)
    leased.fence.lost = True
    await leased.protect()
    (kept,) = await leased.stops()
    assert kept == f"{trade.id}s91"


async def test_an_entry_that_filled_unheard_of_is_sold_though_nothing_can_be_written(
    desk, monkeypatch
):
    """Its answer was lost and its fill is not booked when the disk is full."""
    desk.line.faults[OrderType.IOC] = falls_silent
    desk.line.silent |= {"find", "activity"}
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    assert trade.status is TradeStatus.OPENING
    desk.line.silent.clear()
    await desk.broker.place(market(Side.BUY, "3", name="somebody"))
    monkeypatch.setattr(desk.ledger, "commit", refused)
    done = await desk.panic()
    assert done.left == ()
    (left,) = (await desk.broker.account()).positions
    assert left.amount == 3


async def test_an_entry_that_never_arrived_sells_nothing(desk, monkeypatch):
    desk.line.faults[OrderType.IOC] = swallows
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    monkeypatch.setattr(desk.ledger, "commit", refused)
    await desk.panic()
    assert desk.line.placed("c9") == []
