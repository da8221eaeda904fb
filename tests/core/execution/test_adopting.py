"""Three answers about a position that the desk has not opened."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ledger import Button, Claim
from core.domain.stranger import StrangerStatus
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Position, Side
from core.errors import ButtonSpent, NotFound, PositionMoved
from core.execution.adoption import adopted, sheltered
from tests.builders import ACCOUNT, INSTRUMENT, NOON
from tests.core.execution.line import swallows
from tests.core.paper.builders import BTC, market

pytest_plugins = "tests.core.desk"
THREE = Decimal(3)


async def found(desk, side: Side = Side.BUY, amount: str = "3") -> None:
    await desk.broker.place(market(side, amount, name="somebody"))
    for _ in range(7):
        desk.clock.advance(seconds=2)
        await desk.watch()


async def status(desk):
    (stranger,) = await desk.ledger.strangers(ACCOUNT)
    return stranger.status


@pytest.mark.parametrize(("side", "stop"), [(Side.BUY, 97), (Side.SELL, 103)])
async def test_a_position_that_is_adopted_has_its_stop_at_once(desk, side, stop):
    await found(desk, side)
    trade = await desk.answer_stranger.adopt(BTC, THREE * side.sign)
    assert (trade.status, trade.side, trade.remaining) == (TradeStatus.OPEN, side, 3)
    assert await desk.orders() == {f"{trade.id}s1": stop}
    assert await status(desk) is StrangerStatus.OVER
    desk.clock.advance(seconds=60)
    await desk.watch()
    assert await desk.again(trade) == trade


async def test_what_was_adopted_ends_like_any_other_trade(desk):
    await found(desk)
    trade = await desk.answer_stranger.adopt(BTC, THREE)
    await desk.lives("100 100.5 96 96.5")
    after = await desk.again(trade)
    assert (after.exit, after.remaining) == (Exit.STOP, 0)
    assert -1.1 < after.r_multiple < -0.9


async def test_panic_closes_what_was_adopted(desk):
    await found(desk)
    await desk.answer_stranger.adopt(BTC, THREE)
    assert [t.symbol for t in (await desk.panic()).closed] == [BTC]


async def test_a_position_is_closed_when_somebody_says_so(desk):
    await found(desk)
    trade = await desk.answer_stranger.close(BTC, THREE)
    assert (trade.status, trade.exit) == (TradeStatus.CLOSED, Exit.PERSON)
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}


async def test_a_close_that_gets_lost_is_tried_again(desk):
    await found(desk)
    desk.line.faults[OrderType.MARKET] = swallows
    trade = await desk.answer_stranger.close(BTC, THREE)
    assert trade.status is TradeStatus.OPEN
    desk.line.faults.clear()
    await desk.gives_up()
    assert (await desk.again(trade)).exit is Exit.PERSON


async def test_what_is_a_persons_own_is_left_alone(desk):
    await found(desk)
    assert (await desk.answer_stranger.leave(BTC)).status is StrangerStatus.MINE
    assert desk.line.said == []


async def test_an_answer_is_about_the_position_as_it_was_shown(desk):
    await found(desk)
    await desk.broker.place(market(Side.BUY, "1", name="somebody2"))
    for act in (desk.answer_stranger.adopt, desk.answer_stranger.close):
        with pytest.raises(PositionMoved):
            await act(BTC, THREE)
    assert desk.line.said == []


async def test_a_stop_that_the_price_has_passed_is_asked_about_anew(desk):
    await found(desk)
    desk.street.says(BTC, "96")
    with pytest.raises(PositionMoved):
        await desk.answer_stranger.adopt(BTC, THREE)
    for _ in range(7):
        desk.clock.advance(seconds=2)
        await desk.watch()
    (stranger,) = await desk.ledger.strangers(ACCOUNT)
    assert (stranger.status, stranger.stop) == (StrangerStatus.ASKED, Decimal("93.2"))


async def test_a_position_that_is_gone_cannot_be_answered_for(desk):
    await found(desk)
    await desk.broker.place(market(Side.SELL, "3", name="somebody2"))
    with pytest.raises(NotFound):
        await desk.answer_stranger.adopt(BTC, THREE)
    with pytest.raises(NotFound):
        await desk.answer_stranger.leave("ETH/USDT:USDT")


async def test_a_button_counts_once(desk):
    await found(desk)
    desk.ledger.pages.buttons["b1"] = Button(verb="adopt", person=42, chat=42, once=True)
    claim = Claim("b1", 42, 42, desk.clock.now())
    await desk.answer_stranger.adopt(BTC, THREE, claim)
    with pytest.raises(NotFound):
        await desk.answer_stranger.adopt(BTC, THREE, claim)
    assert len(await desk.ledger.live_trades(ACCOUNT)) == 1


async def test_a_claim_that_lost_changes_nothing(desk):
    await found(desk)
    with pytest.raises(ButtonSpent):
        await desk.answer_stranger.close(BTC, THREE, Claim("never", 42, 42, desk.clock.now()))
    assert desk.line.said == []
    assert await status(desk) is StrangerStatus.ASKED


def held(**changes) -> Position:
    plain = Position(
        symbol=INSTRUMENT.symbol,
        amount=Decimal("0.05"),
        entry_price=Decimal(63_000),
        leverage=3,
        margin=Decimal(1_050),
        mark_price=Decimal(64_000),
        liquidation_price=Decimal(42_000),
        opened_at=NOON,
    )
    return replace(plain, **changes)


def test_the_usual_stop_lies_three_percent_away_and_says_what_it_risks():
    shelter = sheltered(held(), INSTRUMENT, Decimal(150))
    assert shelter.stop == 62_080
    assert shelter.risk == Decimal("96.0") + Decimal(62080) * Decimal("0.05") * Decimal("0.0005")


def test_a_stop_comes_closer_where_the_usual_one_would_risk_too_much():
    shelter = sheltered(held(amount=Decimal("0.5")), INSTRUMENT, Decimal(400))
    assert shelter.risk <= 400
    assert shelter.stop > 62_080


def test_a_stop_lies_before_the_liquidation():
    near = held(liquidation_price=Decimal(63_000))
    assert sheltered(near, INSTRUMENT, Decimal(150)).stop == 63_500


positions = st.builds(
    held,
    amount=st.integers(-5_000, 5_000).filter(bool).map(lambda n: Decimal(n) / 1000),
    mark_price=st.integers(10_000, 2_000_000).map(lambda n: Decimal(n) / 10),
)
shares = st.integers(0, 400).map(lambda n: Decimal(n) / 1000)


@given(positions, shares, st.integers(0, 5_000).map(Decimal))
def test_every_stop_lies_between_the_price_and_the_liquidation(position, away, room):
    sign = position.side.sign
    position = replace(position, liquidation_price=position.mark_price * (1 - sign * away))
    shelter = sheltered(position, INSTRUMENT, room)
    beyond = (shelter.stop - position.liquidation_price) * sign
    assert (position.mark_price - shelter.stop) * sign >= 0
    assert beyond >= 0 or not away
    assert shelter.stop % INSTRUMENT.tick_size == 0
    assert shelter.risk > 0


@given(positions, st.integers(0, 5_000).map(Decimal))
def test_a_trade_that_was_adopted_holds_what_the_venue_shows(position, room):
    shelter = sheltered(position, INSTRUMENT, room)
    trade = adopted("card01", ACCOUNT, position, shelter, NOON)
    assert trade.remaining * trade.side.sign == position.amount
    assert (trade.stop, trade.plan.risk) == (shelter.stop, shelter.risk)


async def test_a_close_that_ended_with_the_process_before_it_began_is_done_by_the_next(desk):
    await found(desk)
    answer = replace(desk.answer_stranger, settle=replace(desk.settle, edit=None))
    with pytest.raises(TypeError):
        await answer.close(BTC, THREE)
    (trade,) = await desk.ledger.live_trades(ACCOUNT)
    await desk.restarted()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PERSON)
