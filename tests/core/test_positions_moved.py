"""What a person changes on a trade that is open: its stop, its targets, its trail."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from core.domain.restraint import Cause, Reason
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import NotFound, TradingHalted
from tests.builders import ACCOUNT
from tests.core.paper.builders import BTC

pytest_plugins = "tests.core.desk"
HALF = Decimal("0.5")
TARGET = OrderType.TAKE_PROFIT


async def test_a_person_may_bring_the_stop_to_break_even(desk):
    trade = await desk.trade()
    desk.street.says(BTC, "102")
    after = await desk.move.break_even(trade.id)
    assert after.stop == Decimal("100.2")
    assert list((await desk.stops()).values()) == [after.stop]
    await desk.lives("102 102 100 100.1")
    after = await desk.again(trade)
    assert (after.exit, after.status) == (Exit.BREAK_EVEN, TradeStatus.CLOSED)


async def test_a_person_may_bring_the_stop_closer(desk):
    trade = await desk.trade()
    after = await desk.move.stop(trade.id, Decimal("0.25"))
    assert after.stop == Decimal("98.6")  # a quarter of 2.2
    assert list((await desk.stops()).values()) == [after.stop]


@pytest.mark.parametrize("side", Side)
async def test_nobody_loosens_a_stop(desk, side):
    trade = await desk.trade(BTC, side)
    assert await desk.move.stop(trade.id, Decimal("-0.25")) == trade


@pytest.mark.parametrize("side", Side)
async def test_nobody_moves_a_stop_across_the_price(desk, side):
    trade = await desk.trade(BTC, side)
    assert await desk.move.stop(trade.id, Decimal(2)) == trade
    assert await desk.move.break_even(trade.id) == trade


@pytest.mark.parametrize("side", Side)
async def test_targets_move_together_and_stay_ahead_of_the_price(desk, side):
    trade = await desk.trade(BTC, side)
    after = await desk.move.target(trade.id, HALF)
    step = Decimal("1.1") * side.sign
    assert [t.price for t in after.targets] == [t.price + step for t in trade.targets]
    assert sorted((await desk.orders(TARGET)).values()) == sorted(t.price for t in after.targets)


async def test_a_target_is_never_moved_across_the_price(desk):
    trade = await desk.trade()
    after = await desk.move.target(trade.id, Decimal(-5))
    assert after.targets == trade.targets
    assert (await desk.again(trade)).status is TradeStatus.OPEN


async def test_a_target_that_was_hit_stays_where_it_was(desk):
    trade = await desk.trade()
    await desk.lives("100 103.2 100 102")
    after = await desk.move.target(trade.id, HALF)
    assert [t.price for t in after.targets] == [103, Decimal("108.1")]


async def test_a_person_switches_the_trail_on_and_off(desk):
    trade = await desk.trade()
    assert (await desk.move.trail(trade.id)).trailing
    await desk.lives("100 102.5 100 102")
    assert (await desk.again(trade)).stop == Decimal("99.8")
    assert not (await desk.move.trail(trade.id)).trailing
    await desk.lives("102 102.9 102 102.8")
    assert (await desk.again(trade)).stop == Decimal("99.8")


async def test_nothing_of_a_trade_that_is_over_can_be_moved(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON)
    move = desk.move
    for moved in (partial(move.stop, by=HALF), partial(move.target, by=HALF), move.trail):
        with pytest.raises(NotFound):
            await moved(trade.id)


@pytest.mark.parametrize("by", ["-2", "-1.8181818"])
async def test_where_one_target_would_cross_the_price_none_moves(desk, by):
    """Alone, the second would come to lie before the first, or on it."""
    trade = await desk.trade()
    desk.street.says(BTC, "102.5")
    after = await desk.move.target(trade.id, Decimal(by))
    assert after.targets == trade.targets
    assert await desk.orders(TARGET) == {"card01ta1": 103, "card01tb2": 107}


class TestHalted:
    """While nobody has looked into a halt, only what protects moves."""

    async def halt(self, desk):
        known = await desk.ledger.settings(ACCOUNT)
        cause = Cause(Reason.BALANCE, desk.clock.now())
        await desk.ledger.commit(replace(known, causes=(cause,)))

    async def test_targets_stay_where_they_are(self, desk):
        trade = await desk.trade()
        await self.halt(desk)
        with pytest.raises(TradingHalted):
            await desk.move.target(trade.id, HALF)
        assert await desk.again(trade) == trade

    async def test_a_trail_may_be_switched_on_and_not_off(self, desk):
        trade = await desk.trade()
        await self.halt(desk)
        assert (await desk.move.trail(trade.id)).trailing
        with pytest.raises(TradingHalted):
            await desk.move.trail(trade.id)

    async def test_a_stop_still_comes_closer_and_a_position_is_still_closed(self, desk):
        trade = await desk.trade()
        await self.halt(desk)
        assert (await desk.move.stop(trade.id, Decimal("0.25"))).stop > trade.stop
        assert not (await desk.close(trade.id, Exit.PERSON)).is_live
