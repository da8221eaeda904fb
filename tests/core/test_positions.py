"""Looking after open trades: what a person changes, and what the rules change."""

from decimal import Decimal

import pytest

from core.domain.ledger import Claim
from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import ButtonSpent, NotFound
from tests.bot.storage.presses import issued
from tests.core.execution.line import refuses, swallows
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"
HALF = Decimal("0.5")
TARGET = OrderType.TAKE_PROFIT


async def ended(desk, trade):
    """A trade that is over leaves nothing behind, and its parts add up."""
    after = await desk.again(trade)
    assert (after.status, after.remaining) == (TradeStatus.CLOSED, 0)
    assert await desk.orders() == {}
    assert after.net == after.realized - after.fees + after.funding
    assert (await desk.broker.account()).equity == 10_000 + after.net
    return after


async def test_closing_sells_everything_at_market(desk):
    trade = await desk.trade()
    desk.street.says(BTC, "101")
    after = await desk.close(trade.id, Exit.PERSON)
    assert after == await ended(desk, trade)
    assert (after.exit, after.exit_price) == (Exit.PERSON, Decimal("100.9798"))


async def test_a_share_can_be_closed_and_the_rest_stays_protected(desk):
    trade = await desk.trade()
    after = await desk.close(trade.id, Exit.PERSON, HALF)
    assert after.status is TradeStatus.OPEN
    assert after.remaining == Decimal("5.391")  # 10.781 less its half, rounded down
    assert list((await desk.stops()).values()) == [98]
    (position,) = (await desk.broker.account()).positions
    assert position.amount == after.remaining


async def test_a_share_that_rounds_to_nothing_means_all_of_it(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON, Decimal("0.00001"))
    await ended(desk, trade)


async def test_what_is_closed_cannot_be_closed_again(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON)
    with pytest.raises(NotFound):
        await desk.close(trade.id, Exit.PERSON)
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_spent_button_closes_nothing(lasting_desk):
    desk = lasting_desk
    trade = await desk.trade()
    press = Claim(await issued(desk.ledger.database), 42, 42, desk.clock.now())
    await desk.close(trade.id, Exit.PERSON, HALF, press)
    with pytest.raises(ButtonSpent):
        await desk.close(trade.id, Exit.PERSON, HALF, press)
    assert desk.line.placed("1c") == ["card01c1"]


async def test_risk_is_not_asked_about_an_exit(desk):
    trade = await desk.trade()
    await desk.set(paused=True, exposure=Decimal("0.1"), max_positions=0)
    assert (await desk.close(trade.id, Exit.PERSON)).status is TradeStatus.CLOSED


async def test_a_close_that_comes_too_late_books_the_stop_that_came_first(desk):
    trade = await desk.trade()
    desk.market("100 100.5 97 99")
    after = await desk.close(trade.id, Exit.PERSON)
    assert after.exit is Exit.STOP
    await ended(desk, trade)


async def test_a_close_that_the_venue_refuses_leaves_the_trade_protected(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = refuses
    after = await desk.close(trade.id, Exit.PERSON)
    assert (after.status, after.remaining) == (TradeStatus.OPEN, trade.amount)
    assert list((await desk.stops()).values()) == [98]


@pytest.mark.parametrize(
    ("side", "bar"), [(Side.BUY, "100 100.5 97 97.5"), (Side.SELL, "100 103 99.5 102.5")]
)
async def test_a_stop_that_is_hit_ends_the_trade_with_about_the_risk_of_the_card(desk, side, bar):
    trade = await desk.trade(BTC, side)
    await desk.lives(bar, funding=["0.0001"])
    after = await ended(desk, trade)
    assert after.exit is Exit.STOP
    assert after.funding != 0
    assert -1 <= after.r_multiple < Decimal("-0.8")


async def test_a_gap_through_the_stop_costs_what_the_open_says(desk):
    trade = await desk.trade()
    await desk.lives("95 96 94 95")
    after = await ended(desk, trade)
    assert (after.exit, after.exit_price) == (Exit.STOP, Decimal("94.9810"))


async def test_both_targets_end_the_trade_with_the_reward_of_the_card(desk):
    trade = await desk.trade()
    await desk.lives("100 103.2 100 103", "103 107.2 102.9 107")
    after = await ended(desk, trade)
    assert (after.exit, after.targets_hit) == (Exit.TARGET, 2)
    assert after.net >= trade.plan.reward


async def test_the_first_target_brings_break_even_and_the_trail(desk):
    trade = await desk.trade()
    await desk.lives("100 103.2 100 102.4")
    after = await desk.again(trade)
    assert (after.targets_hit, after.trailing) == (1, True)
    assert after.stop == Decimal("100.2")  # break-even: the trail is still below
    assert list((await desk.stops()).values()) == [after.stop]


async def test_the_trail_ends_what_the_first_target_left(desk):
    trade = await desk.trade()
    await desk.lives("100 103.2 100 103", "103 105.5 103 105", "105 105 102 102.5")
    after = await ended(desk, trade)
    assert (after.exit, after.stop) == (Exit.TRAIL, Decimal("102.8"))


async def test_the_trail_does_not_follow_the_price_down(desk):
    trade = await desk.trade()
    await desk.lives("100 103.2 100 103", "103 105.5 103 105", "105 105 103.5 103.6")
    after = await desk.again(trade)
    assert (after.stop, after.extreme) == (Decimal("102.8"), 105)


async def test_time_runs_out(desk):
    trade = await desk.trade()
    await desk.lives(*["100 101 99 100"] * 47)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    await desk.lives("100 101 99 100")
    after = await ended(desk, trade)
    assert (after.exit, after.closed_at) == (Exit.TIME, desk.clock.now())


async def test_a_liquidation_takes_the_margin_and_is_booked_as_what_it_is(desk):
    """The mark price falls through the floor while the last price stands still."""
    trade = await desk.trade()
    margin = (await desk.broker.account()).positions[0].margin
    await desk.lives("100 100 99.5 100", mark="100 100 60 62")
    after = await ended(desk, trade)
    assert (after.exit, after.realized) == (Exit.LIQUIDATION, -margin)


async def test_one_trade_that_ends_leaves_the_others_alone(desk):
    one, other = await desk.trade(), await desk.trade(ETH)
    await desk.lives("100 100.5 97 97.5")
    assert (await desk.again(one)).status is TradeStatus.CLOSED
    assert await desk.again(other) == other
    assert all(name.startswith(other.id) for name in await desk.orders())


async def test_an_entry_that_is_still_under_way_is_not_followed(desk):
    desk.line.faults[OrderType.IOC] = swallows
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    desk.street.says(BTC, "105")
    await desk.follow()
    assert await desk.again(trade) == trade


async def test_a_stop_that_followed_the_price_is_in_the_market_at_once(desk):
    trade = await desk.trade()
    desk.market("100 104 99.5 103.8")
    await desk.watch()
    await desk.follow()
    assert list((await desk.stops()).values()) == [(await desk.again(trade)).stop]
    assert (await desk.again(trade)).stop == Decimal("101.6")
