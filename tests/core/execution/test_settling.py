"""Finding out what became of an order, and booking what the account has lived through."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.intent import IntentStatus, Role
from core.domain.notice import NoticeKind
from core.domain.proposal import Proposal, Rule, Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Fill, OrderType, Side
from core.ending import trade_of_plan
from core.errors import BrokerUnavailable
from core.execution.orders import close_order, entry_order, intent_for
from tests.builders import ACCOUNT
from tests.core.execution.line import breaks, falls_silent, refuses, swallows
from tests.core.paper.builders import BTC, ETH, market

pytest_plugins = "tests.core.desk"
ENTRY = OrderType.IOC


async def tapped(desk, fault):
    """A tap whose entry goes wrong on the line."""
    desk.line.faults[ENTRY] = fault
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    desk.line.faults.clear()
    return trade


async def entry(desk, trade_id="card01"):
    return (await desk.ledger.trade_intents(trade_id))[0]


async def test_an_entry_that_arrived_without_an_answer_becomes_the_position(desk):
    trade = await tapped(desk, falls_silent)
    assert trade.status is TradeStatus.OPEN
    assert (await entry(desk)).status is IntentStatus.ACCEPTED
    assert desk.line.placed("e") == ["card01e1"]
    assert list((await desk.stops()).values()) == [trade.stop]


async def test_an_entry_that_was_under_way_when_the_process_ended_is_found_again(desk):
    card = await desk.card()

    async def falls_dead(broker, order):
        await broker.place(order)
        raise ConnectionError("the process ended")

    desk.line.faults[ENTRY] = falls_dead
    with pytest.raises(ConnectionError):
        await desk.approve(card.id, Yes.PERSON)
    await desk.restarted()
    trade = await desk.ledger.trade(card.id)
    assert (trade.status, trade.amount) == (TradeStatus.OPEN, card.plan.amount)
    assert desk.line.placed("e") == []
    assert list((await desk.stops()).values()) == [card.plan.stop_loss]


async def test_an_entry_that_never_arrived_is_waited_for_and_then_given_up(desk):
    trade = await tapped(desk, swallows)
    assert trade.status is TradeStatus.OPENING
    desk.clock.advance(seconds=10)
    await desk.watch()
    assert (await entry(desk)).status is IntentStatus.SENDING
    await desk.gives_up(1)
    assert (await entry(desk)).status is IntentStatus.ABSENT
    assert (await desk.again(trade)).status is TradeStatus.VOID
    assert (await desk.told())[-1] is NoticeKind.ENTRY_MISSED
    assert desk.line.placed() == ["card01e1"]


async def test_an_entry_that_may_live_is_never_sent_again(desk):
    desk.line.faults[ENTRY] = breaks
    card = await desk.card()
    with pytest.raises(ConnectionError):
        await desk.approve(card.id, Yes.PERSON)
    await desk.restarted()
    await desk.gives_up()
    assert desk.line.placed() == []
    assert (await desk.ledger.trade(card.id)).status is TradeStatus.VOID


async def written(desk):
    """The process ended between writing the entry down and sending it."""

    async def dies(_intent):
        raise ConnectionError("the process ended")

    card = await desk.card()
    with pytest.raises(ConnectionError):
        await replace(desk.approve, send=dies)(card.id, Yes.PERSON)
    assert (await entry(desk)).status is IntentStatus.NEW
    return card


async def test_an_entry_that_was_only_written_down_is_sent_after_a_quick_restart(desk):
    card = await written(desk)
    desk.clock.advance(seconds=30)
    await desk.restarted()
    trade = await desk.ledger.trade(card.id)
    assert trade.status is TradeStatus.OPEN
    assert desk.line.placed("e") == ["card01e1"]
    assert list((await desk.stops()).values()) == [trade.stop]


async def test_an_entry_that_has_grown_old_unsent_is_never_sent(desk):
    card = await written(desk)
    desk.clock.advance(seconds=31)
    await desk.restarted()
    assert (await entry(desk)).status is IntentStatus.ABSENT
    assert (await desk.ledger.trade(card.id)).status is TradeStatus.VOID
    assert desk.line.placed() == []
    assert (await desk.told())[-1] is NoticeKind.ENTRY_MISSED


async def test_a_refused_entry_is_told_with_its_reason(desk):
    trade = await tapped(desk, refuses)
    assert trade.status is TradeStatus.VOID
    notice = (await desk.notices())[-1]
    assert (notice.kind, notice.subject) == (NoticeKind.ENTRY_REFUSED, trade.id)
    assert notice.numbers == {"code": "not_today"}
    assert (notice.account, notice.at) == (ACCOUNT, desk.clock.now())
    assert await desk.orders() == {}


async def test_an_entry_that_finds_nothing_within_its_limit_is_missed(desk):
    async def late(broker, order):
        desk.street.says(BTC, "100.5")
        return await broker.place(order)

    trade = await tapped(desk, late)
    assert trade.status is TradeStatus.VOID
    assert trade.closed_at == desk.clock.now()
    assert (await desk.told())[-1] is NoticeKind.ENTRY_MISSED
    assert (await desk.broker.account()).positions == ()


async def test_a_missed_entry_is_told_once_and_frees_the_symbol(desk):
    await tapped(desk, refuses)
    for _ in range(3):
        await desk.watch()
    assert (await desk.told()).count(NoticeKind.ENTRY_REFUSED) == 1
    assert (await desk.trade()).status is TradeStatus.OPEN


async def test_a_thin_market_fills_a_part_and_the_part_is_protected(desk):
    desk.market("100 100 100 100", volume="40")
    trade = await desk.trade()
    assert (trade.status, trade.amount) == (TradeStatus.OPEN, 4)
    (stop,) = [s for s in await desk.broker.open_orders() if s.order.client_order_id == "card01s1"]
    assert stop.order.amount == 4


async def test_activity_is_booked_once_however_often_it_is_asked_for(desk):
    trade = await desk.trade()
    await desk.lives("100 103.5 100 103")
    before = await desk.again(trade)
    for _ in range(3):
        await desk.watch()
    await desk.restarted()
    assert await desk.again(trade) == before
    seqs = [booked.activity.seq for booked in await desk.ledger.booked(ACCOUNT)]
    assert seqs == [1, 2]
    assert await desk.ledger.cursor(ACCOUNT) == 2


async def test_what_was_filled_while_the_process_was_down_is_booked_at_the_start(desk):
    trade = await desk.trade()
    desk.market("100 100.5 97 97.5")
    await desk.restarted()
    after = await desk.again(trade)
    assert (after.exit, after.closed_at) == (Exit.STOP, desk.clock.now())
    assert await desk.orders() == {}


async def test_funding_is_booked_to_the_trade_that_paid_it(desk):
    one, other = await desk.trade(), await desk.trade(ETH)
    await desk.lives("100 101 99 100", funding=["0.0001"])
    after = await desk.again(one)
    assert after.funding == -one.remaining * 100 / 10_000
    assert (await desk.again(other)).funding == 0
    assert (await desk.ledger.booked(ACCOUNT))[-1].trade_id == one.id


async def test_what_belongs_to_no_trade_is_booked_to_none(desk):
    await desk.broker.place(market(Side.BUY, "1", name="somebody"))
    await desk.lives("100 101 99 100", funding=["0.0001"])
    assert [booked.trade_id for booked in await desk.ledger.booked(ACCOUNT)] == ["", ""]


async def test_a_trade_that_opens_and_ends_unseen_tells_both(desk):
    async def unlucky(broker, order):
        outcome = await broker.place(order)
        await broker.place(market(Side.SELL, str(order.amount), name="card01c1"))
        return outcome

    trade = await tapped(desk, unlucky)
    assert trade.status is TradeStatus.CLOSED
    assert (await desk.told())[-2:] == [NoticeKind.ENTRY_FILLED, NoticeKind.TRADE_CLOSED]


async def test_good_news_is_quiet_and_bad_news_is_not(desk):
    await desk.trade()
    await desk.trade(ETH)
    await desk.lives("100 103.5 100 103", "103 107.5 103 107")
    await desk.lives("100 100 97 97.5", symbol=ETH)
    told = [(n.kind, n.subject, n.silent) for n in (await desk.notices())[-3:]]
    assert told == [
        (NoticeKind.TARGET_HIT, "card01", True),
        (NoticeKind.TRADE_CLOSED, "card01", True),
        (NoticeKind.TRADE_CLOSED, "card02", False),
    ]


async def test_every_fill_remembers_what_a_dollar_was_in_won(desk):
    await desk.trade()
    desk.won.krw = None
    await desk.trade(ETH)
    booked = await desk.ledger.booked(ACCOUNT)
    assert [one.krw for one in booked] == [Decimal(1440), None]


async def test_a_venue_that_does_not_answer_proves_nothing(desk):
    trade = await tapped(desk, swallows)
    desk.line.silent.add("find")
    await desk.gives_up(3600)
    assert (await entry(desk)).status is IntentStatus.SENDING
    assert (await desk.again(trade)).status is TradeStatus.OPENING
    desk.line.silent.clear()
    await desk.gives_up(0)
    assert (await entry(desk)).status is IntentStatus.ABSENT


async def test_one_answer_of_not_found_is_not_enough(desk):
    await tapped(desk, swallows)
    desk.clock.advance(minutes=5)
    for _ in range(3):
        await desk.watch()
    assert (await entry(desk)).status is IntentStatus.SENDING


async def test_an_entry_that_comes_into_sight_late_is_the_position(desk):
    desk.line.unfound.add("card01e1")
    desk.line.silent.add("activity")
    trade = await tapped(desk, falls_silent)
    desk.clock.advance(seconds=9)
    await desk.watch()
    assert (await desk.again(trade)).status is TradeStatus.OPENING
    desk.line.unfound.clear()
    desk.line.silent.clear()
    await desk.watch()
    after = await desk.again(trade)
    assert after.status is TradeStatus.OPEN
    assert list((await desk.stops()).values()) == [after.stop]
    assert desk.line.placed("e") == ["card01e1"]


async def test_nothing_new_is_entered_where_an_entry_is_of_unknown_fate(desk):
    await tapped(desk, swallows)
    assert (await desk.offered()).rule is Rule.HOLDING
    assert isinstance(await desk.offered(ETH), Proposal)


async def test_a_card_of_before_is_not_entered_either_while_a_fate_is_unknown(desk):
    desk.line.faults[ENTRY] = swallows
    first = await desk.card()
    late = replace(first, id="card09")
    await desk.ledger.commit(late)
    await desk.approve(first.id, Yes.PERSON)
    desk.line.faults.clear()
    assert (await desk.approve(late.id, Yes.PERSON)).rule is Rule.HOLDING
    assert desk.line.placed("e") == ["card01e1"]


async def test_one_order_that_cannot_be_asked_for_keeps_no_other_from_being_settled(desk):
    await tapped(desk, swallows)
    other = await desk.trade(ETH)
    find = desk.line.find

    async def stubborn(order):
        if order.symbol == BTC:
            raise BrokerUnavailable
        return await find(order)

    desk.line.find = stubborn
    await desk.lives("100 103.5 100 103", symbol=ETH)
    assert (await desk.again(other)).targets_hit == 1


async def test_fills_that_cannot_be_asked_for_are_booked_later_and_once(desk):
    trade = await desk.trade()
    desk.line.silent.add("activity")
    desk.market("100 100.5 97 97.5")
    await desk.watch()
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_a_canceled_entry_that_was_filled_in_part_is_a_position_of_that_part(desk):
    desk.market("100 100 100 100", volume="40")
    trade = await tapped(desk, falls_silent)
    assert (trade.status, trade.amount) == (TradeStatus.OPEN, 4)
    await desk.gives_up()
    assert (await desk.again(trade)).amount == 4
    assert (await desk.broker.account()).positions[0].amount == 4


async def test_a_fill_is_not_lost_to_a_question_that_was_asked_before_its_trade(desk):
    """Funding of later is told first: of a symbol that was not asked for, fills are not."""
    one = await desk.trade(ETH)
    ask, card = desk.line.broker.activity, await desk.card()

    async def meanwhile(after, symbols):
        """The tap enters while the question is under way."""
        desk.line.broker.activity = tells
        trade = trade_of_plan(card, desk.clock.now())
        order = entry_order(trade, f"{trade.id}e1")
        intent = intent_for(trade, Role.ENTRY, order, desk.clock.now())
        await desk.ledger.commit(trade, intent)
        await desk.send(intent)
        desk.market("100 100 100 100", symbol=ETH, funding=["0.0001"])
        await desk.broker.advance()
        return await tells(after, symbols)

    async def tells(after, symbols):
        told = await ask(after, symbols)
        return tuple(a for a in told if a.symbol in symbols or not isinstance(a, Fill))

    desk.line.broker.activity = meanwhile
    await desk.settle()
    await desk.settle()
    assert (await desk.ledger.trade(card.id)).status is TradeStatus.OPEN
    seqs = [booked.activity.seq for booked in await desk.ledger.booked(ACCOUNT)]
    assert seqs == [1, 2, 3]
    assert (await desk.again(one)).funding < 0


async def test_what_a_trade_leaves_behind_is_told_after_its_end(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON)
    asked = []
    ask = desk.line.broker.activity

    async def listens(after, symbols):
        asked.append(set(symbols))
        return await ask(after, symbols)

    desk.line.broker.activity = listens
    desk.clock.advance(seconds=119)
    await desk.watch()
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert asked == [{BTC}, set()]


async def test_what_another_process_has_booked_meanwhile_is_not_booked_again(desk):
    """A panic at the console books beside a desk that lives: half of a close is told to both."""
    trade = await desk.trade()
    half = close_order(trade, f"{trade.id}c7", Decimal(5))
    await desk.line.place(half)
    other = replace(desk.settle, _turn=asyncio.Lock())
    ask = desk.line.broker.activity

    async def listens(after, symbols):
        news = await ask(after, symbols)
        desk.line.broker.activity = ask
        await other()
        return news

    desk.line.broker.activity = listens
    await desk.settle()
    after = await desk.again(trade)
    assert (after.status, after.remaining) == (TradeStatus.OPEN, trade.amount - 5)
