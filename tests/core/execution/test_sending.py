"""The one place from which an order leaves."""

import pytest

from core.domain.intent import IntentStatus, Role
from core.domain.proposal import Yes
from core.domain.trading import OrderType, Placed, Refused, Unknown
from core.errors import NotFound
from core.execution.orders import intent_for, stop_order
from tests.core.execution.line import breaks, falls_silent, refuses, swallows

pytest_plugins = "tests.core.desk"


async def sent(desk):
    """A stop that goes out for a trade that has one already."""
    trade = await desk.trade()
    order = stop_order(trade, f"{trade.id}s9")
    return intent_for(trade, Role.STOP, order, desk.clock.now())


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
