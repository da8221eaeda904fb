"""The one place from which an order leaves."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.intent import IntentStatus, Role
from core.domain.proposal import Yes
from core.domain.trade import TradeStatus
from core.domain.trading import OrderType, Placed, Refused, Unknown
from core.errors import LeaseLost, NotFound
from core.execution.orders import intent_for, stop_order
from tests.core.execution.line import Lease, breaks, falls_silent, is_down, refuses, swallows
from tests.core.paper.builders import ETH

pytest_plugins = "tests.core.desk"


async def sent(desk):
    """A stop that goes out for a trade that has one already."""
    trade = await desk.trade()
    order = stop_order(trade, f"{trade.id}s9")
    intent = intent_for(trade, Role.STOP, order, desk.clock.now())
    await desk.ledger.commit(intent)
    return intent


async def kept(desk, intent):
    known = await desk.ledger.trade_intents(intent.trade_id)
    return next(one for one in known if one.id == intent.id)


async def test_an_order_that_the_venue_has_is_accepted(desk):
    intent = await sent(desk)
    assert await desk.send(intent) == Placed(intent.id)
    assert (await kept(desk, intent)).status is IntentStatus.ACCEPTED
    assert (await kept(desk, intent)).sent_at == desk.clock.now()


async def test_a_refusal_is_kept_with_its_reason(desk):
    intent = await sent(desk)
    desk.line.faults[OrderType.STOP_MARKET] = refuses
    assert await desk.send(intent) == Refused(intent.id, "not_today")
    assert (await kept(desk, intent)).status is IntentStatus.REFUSED
    assert (await kept(desk, intent)).code == "not_today"


@pytest.mark.parametrize("fault", [swallows, falls_silent])
async def test_an_order_of_unknown_fate_stays_under_way(desk, fault):
    intent = await sent(desk)
    desk.line.faults[OrderType.STOP_MARKET] = fault
    assert await desk.send(intent) == Unknown(intent.id)
    assert (await kept(desk, intent)).status is IntentStatus.SENDING


async def test_a_line_that_breaks_leaves_the_order_under_way(desk):
    intent = await sent(desk)
    desk.line.faults[OrderType.STOP_MARKET] = breaks
    with pytest.raises(ConnectionError):
        await desk.send(intent)
    assert (await kept(desk, intent)).status is IntentStatus.SENDING


async def test_everything_is_written_down_before_a_byte_leaves(desk):
    read = []

    async def looks(broker, order):
        read.append(await desk.ledger.intents("paper", [IntentStatus.SENDING]))
        read.append(await desk.ledger.trade(order.client_order_id[:6]))
        read.append(await desk.ledger.proposal(order.client_order_id[:6]))
        return await broker.place(order)

    desk.line.faults[OrderType.IOC] = looks
    card = await desk.card()
    with pytest.raises(NotFound):
        await desk.ledger.trade(card.id)
    await desk.approve(card.id, Yes.PERSON)
    (intent,), trade, approved = read
    assert intent.order.client_order_id == "card01e1"
    assert trade.plan == approved.plan
    assert approved.yes is Yes.PERSON


def tapping(desk, meanwhile):
    """Approval with something that happens between writing the entry down and sending it."""

    async def send(entry):
        await meanwhile()
        return await desk.send(entry)

    return replace(desk.approve, send=send)


async def test_an_entry_that_was_given_up_meanwhile_is_not_sent(desk):
    card = await desk.card()

    async def sleeps():
        desk.clock.advance(seconds=31)
        await desk.watch()

    await tapping(desk, sleeps)(card.id, Yes.PERSON)
    assert (await desk.ledger.trade(card.id)).status is TradeStatus.VOID
    assert desk.line.placed() == []
    assert (await desk.broker.account()).positions == ()


async def test_the_loop_beside_a_tap_and_the_tap_send_the_entry_once(desk):
    card = await desk.card()
    trade = await tapping(desk, desk.watch)(card.id, Yes.PERSON)
    assert desk.line.placed("e") == ["card01e1"]
    assert (trade.status, trade.amount) == (TradeStatus.OPEN, card.plan.amount)


async def test_an_order_that_is_on_the_wire_is_neither_sent_again_nor_judged(desk):
    intent = await sent(desk)

    async def watched(broker, order):
        desk.clock.advance(minutes=1)
        await desk.settle()
        assert await desk.send(intent) == Unknown(intent.id)
        assert (await kept(desk, intent)).status is IntentStatus.SENDING
        return await broker.place(order)

    desk.line.faults[OrderType.STOP_MARKET] = watched
    assert await desk.send(intent) == Placed(intent.id)
    assert desk.line.placed("s9") == [intent.id]
    assert desk.send.flying == set()


async def test_what_was_never_written_down_is_never_sent(desk):
    trade = await desk.trade()
    order = stop_order(trade, f"{trade.id}s9")
    unwritten = intent_for(trade, Role.STOP, order, desk.clock.now())
    assert await desk.send(unwritten) == Unknown(order.client_order_id)
    assert desk.line.placed("s9") == []


async def test_two_who_send_the_same_order_at_once_send_it_once(lasting_desk):
    desk = lasting_desk
    intent = await sent(desk)
    outcomes = await asyncio.gather(*(desk.send(intent) for _ in range(5)))
    assert outcomes.count(Placed(intent.id)) == 1
    assert outcomes.count(Unknown(intent.id)) == 4
    assert desk.line.placed("s9") == [intent.id]


async def test_an_entry_that_was_not_sent_before_a_pause_is_not_sent_after_it(desk):
    """Panic between the yes and the sending, or a crash there: nothing is bought."""
    card = await desk.card()

    async def pauses():
        await desk.set(paused=True)
        await desk.watch()

    trade = await tapping(desk, pauses)(card.id, Yes.PERSON)
    assert trade.status is TradeStatus.VOID
    assert desk.line.placed() == []


class Barrier:
    """A gate that a test closes, and that remembers who asked."""

    def __init__(self, code: str | None = None) -> None:
        self.code = code
        self.asked: list[str] = []

    async def admit(self, intent):
        self.asked.append(intent.id)
        return self.code


async def test_whoever_has_lost_the_account_sends_nothing(desk):
    intent = await sent(desk)
    lease = Lease()
    send = replace(desk.send, fence=lease)
    lease.lost = True
    with pytest.raises(LeaseLost):
        await send(intent)
    assert desk.line.placed("s9") == []
    assert send.flying == set()


async def test_whoever_has_lost_the_account_cancels_nothing_either(desk):
    intent = await sent(desk)
    desk.line.said.clear()
    lease = Lease()
    lease.lost = True
    with pytest.raises(LeaseLost):
        await replace(desk.send, fence=lease).cancel(intent.order)
    assert desk.line.said == []


async def test_an_exit_that_no_ledger_takes_leaves_though_the_account_is_lost(desk):
    trade, lease = await desk.trade(), Lease()
    order = stop_order(trade, f"{trade.id}s9")
    lease.lost = True
    exit_ = intent_for(trade, Role.STOP, order, desk.clock.now())
    assert await replace(desk.send, fence=lease).unrecorded(exit_) == Placed(exit_.id)


async def test_past_the_fence_only_entries_ask_whose_the_account_is(desk):
    intent, lease = await sent(desk), Lease()
    lease.lost = True
    urgent = replace(desk.send, fence=lease).past_fence
    assert await urgent(intent) == Placed(intent.id)
    await urgent.cancel(intent.order)
    assert desk.line.said[-2:] == [f"place {intent.id}", f"cancel {intent.id}"]
    desk.approve = replace(desk.approve, send=urgent)
    card = await desk.card(ETH)
    with pytest.raises(LeaseLost):
        await desk.approve(card.id, Yes.PERSON)
    assert desk.line.placed(card.id) == []


async def test_the_account_may_be_lost_while_the_order_is_being_written_down(desk, monkeypatch):
    intent, lease = await sent(desk), Lease()
    commit = desk.ledger.commit

    async def slowly(*changes):
        await commit(*changes)
        lease.lost = True

    monkeypatch.setattr(desk.ledger, "commit", slowly)
    with pytest.raises(LeaseLost):
        await replace(desk.send, fence=lease)(intent)
    assert desk.line.placed("s9") == []
    assert (await kept(desk, intent)).status is IntentStatus.SENDING


async def test_an_entry_that_the_gate_forbids_is_refused_unsent(desk):
    barrier = Barrier("too_often")
    desk.approve = replace(desk.approve, send=replace(desk.send, gate=barrier))
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    assert trade.status is TradeStatus.VOID
    assert desk.line.placed() == []
    assert barrier.asked == ["card01e1"]
    assert (await desk.notices())[-1].numbers == {"code": "too_often"}


async def test_the_gate_is_not_asked_about_what_only_reduces(desk):
    intent, barrier = await sent(desk), Barrier("too_often")
    assert await replace(desk.send, gate=barrier)(intent) == Placed(intent.id)
    assert barrier.asked == []


async def test_a_venue_that_cannot_be_reached_leaves_the_fate_unknown(desk):
    intent = await sent(desk)
    desk.line.faults[OrderType.STOP_MARKET] = is_down
    assert await desk.send(intent) == Unknown(intent.id)
    assert (await kept(desk, intent)).status is IntentStatus.SENDING


async def test_whoever_is_cancelled_while_sending_writes_down_what_came_of_it(desk):
    intent, started, answer = await sent(desk), asyncio.Event(), asyncio.Event()

    async def slow(broker, order):
        started.set()
        await answer.wait()
        return await broker.place(order)

    desk.line.faults[OrderType.STOP_MARKET] = slow
    sending = asyncio.ensure_future(desk.send(intent))
    await started.wait()
    sending.cancel()
    await asyncio.sleep(0)
    assert (await kept(desk, intent)).status is IntentStatus.SENDING
    assert desk.send.flying == {intent.id}
    answer.set()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (await kept(desk, intent)).status is IntentStatus.ACCEPTED
    assert desk.send.flying == set()


async def test_a_send_that_dies_with_the_process_stays_under_way(desk):
    intent, started = await sent(desk), asyncio.Event()

    async def hangs(_broker, _order):
        started.set()
        await asyncio.Event().wait()

    desk.line.faults[OrderType.STOP_MARKET] = hangs
    sending = asyncio.ensure_future(desk.send(intent))
    await started.wait()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (await kept(desk, intent)).status is IntentStatus.SENDING


async def test_nothing_that_opens_leaves_without_having_been_written_down(desk):
    entry = (await desk.ledger.trade_intents((await desk.trade()).id))[0]
    with pytest.raises(ValueError, match="written down first"):
        await desk.send.unrecorded(entry)
