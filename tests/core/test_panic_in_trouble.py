"""Everything off, while the ledger takes nothing, the venue is silent, or the word is old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.ledger import Button, Claim
from core.domain.notice import NoticeKind
from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import BrokerUnavailable, ButtonSpent, LedgerUnavailable
from tests.builders import ACCOUNT
from tests.core.execution.line import falls_silent, refuses, swallows
from tests.core.paper.builders import BTC, ETH, market

pytest_plugins = "tests.core.desk"


async def full(*_args, **_more):
    """The disk is full, or was mounted for reading only."""
    raise LedgerUnavailable


READS = ("trade", "live_trades", "settings", "proposals", "trade_intents", "intents", "cursor")


@pytest.fixture(params=["read_only", "gone"])
def ledger_fails(request, monkeypatch):
    """From the call on; gives back what mends it."""

    def break_down(desk):
        names = ["commit", *(READS if request.param == "gone" else ())]
        for name in names:
            monkeypatch.setattr(desk.ledger, name, full)
        return monkeypatch.undo

    return break_down


async def test_a_ledger_that_takes_nothing_keeps_no_position_open(desk, ledger_fails):
    await desk.trade()
    other = await desk.trade(ETH, Side.SELL)
    await desk.watch()
    ledger_fails(desk)
    desk.line.said.clear()
    done = await desk.panic()
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}
    assert (done.written, done.left) == (False, ())
    assert [trade.symbol for trade in done.closed] == [BTC, ETH]
    mine = [words for words in desk.line.said if other.id in words]
    assert mine[:3] == ["cancel card02ta1", "cancel card02tb2", "place card02c92"]


async def test_what_was_done_without_the_ledger_is_written_when_it_is_back(desk, ledger_fails):
    trade = await desk.trade()
    mend = ledger_fails(desk)
    await desk.panic()
    mend()
    await desk.watch()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PANIC)
    assert (await desk.ledger.settings(ACCOUNT)).paused
    sent = [i.id for i in await desk.ledger.trade_intents(trade.id) if i.id.endswith("c91")]
    assert sent == ["card01c91"]
    await desk.watch()
    assert desk.line.placed("c9") == ["card01c91"]


async def test_nothing_is_entered_between_the_panic_and_its_being_written(desk, ledger_fails):
    card = await desk.card()
    mend = ledger_fails(desk)
    await desk.panic()
    mend()
    trade = await desk.approve(card.id, Yes.PERSON)
    assert desk.line.placed("e") == []
    assert trade.status is TradeStatus.VOID


async def test_without_a_ledger_the_stop_stays_until_nothing_is_left(desk, ledger_fails):
    await desk.trade()
    ledger_fails(desk)
    desk.line.faults[OrderType.MARKET] = refuses
    done = await desk.panic()
    assert done.left == (BTC,)
    assert list(await desk.stops()) == ["card01s1"]


async def test_without_a_ledger_nothing_of_a_strangers_is_sold(desk, ledger_fails):
    """Somebody holds a part of the same position."""
    await desk.trade()
    await desk.broker.place(market(Side.BUY, "3", name="somebody"))
    ledger_fails(desk)
    await desk.panic()
    (position,) = (await desk.broker.account()).positions
    assert position.amount == 3


async def test_without_a_ledger_an_answer_that_was_lost_sells_nothing_twice(desk, ledger_fails):
    await desk.trade()
    ledger_fails(desk)
    desk.line.faults[OrderType.MARKET] = falls_silent
    done = await desk.panic()
    assert done.left == ()
    assert desk.line.placed("c9") == ["card01c91"]


async def test_a_venue_that_does_not_answer_is_asked_again_by_itself(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = swallows
    desk.line.silent |= {"account", "open_orders", "find", "activity"}
    done = await desk.panic()
    assert done.left == (BTC,)
    desk.line.silent.clear()
    desk.line.faults.clear()
    await desk.gives_up()
    assert (await desk.again(trade)).exit is Exit.PANIC
    assert (await desk.broker.account()).positions == ()


async def test_a_symbol_that_is_silent_keeps_no_other_open(desk):
    await desk.trade()
    await desk.trade(ETH)
    send = desk.line.place

    async def stubborn(order):
        if order.symbol == BTC:
            raise BrokerUnavailable
        return await send(order)

    desk.line.place = stubborn
    done = await desk.panic()
    assert ([trade.symbol for trade in done.closed], done.left) == ([ETH], (BTC,))


async def test_an_entry_that_may_still_fill_is_taken_back(desk):
    desk.line.faults[OrderType.IOC] = swallows
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    await desk.panic()
    assert "cancel card01e1" in desk.line.said


async def test_a_word_that_is_old_stops_entries_and_asks(desk):
    trade = await desk.trade()
    card = await desk.card(ETH)
    assert await desk.panic.late(timedelta(hours=2))
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert (await desk.ledger.settings(ACCOUNT)).paused
    assert not (await desk.ledger.proposal(card.id)).is_pending
    notice = (await desk.notices())[-1]
    assert notice.kind is NoticeKind.PANIC_LATE
    said = desk.clock.now() - timedelta(hours=2)
    assert notice.numbers == {"said": said, "positions": 1, "stops": 1}


async def test_a_stop_that_is_not_proven_is_not_counted_as_verified(desk):
    await desk.trade()
    desk.clock.advance(seconds=5)
    desk.line.silent |= {"open_orders", "find"}
    await desk.panic.late(timedelta(minutes=3))
    assert (await desk.notices())[-1].numbers["stops"] == 0


async def test_an_answer_to_the_question_counts_once(desk):
    trade = await desk.trade()
    await desk.panic.late(timedelta(minutes=3))
    desk.ledger.pages.buttons["b1"] = Button(verb="flat", person=42, chat=42, once=True)
    claim = Claim("b1", 42, 42, desk.clock.now())
    await desk.panic(claim)
    assert (await desk.again(trade)).exit is Exit.PANIC
    await desk.ledger.commit(replace(await desk.ledger.settings(ACCOUNT), paused=False))
    with pytest.raises(ButtonSpent):
        await desk.panic(claim)
    await desk.watch()
    assert not (await desk.ledger.settings(ACCOUNT)).paused


async def test_a_second_panic_without_a_ledger_sells_nothing_more(desk, ledger_fails):
    await desk.trade()
    await desk.broker.place(market(Side.BUY, "3", name="somebody"))
    ledger_fails(desk)
    await desk.panic()
    await desk.panic()
    desk.clock.advance(seconds=30)
    await desk.protect()
    assert desk.line.placed("c9") == ["card01c91"]
    assert (await desk.broker.account()).positions[0].amount == 3
