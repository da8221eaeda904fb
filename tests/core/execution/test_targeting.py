"""A take-profit that a venue does not take is not thrown at it for ever."""

from decimal import Decimal

from core.domain.trading import OrderType
from tests.core.execution.line import refuses

pytest_plugins = "tests.core.desk"
TARGET = OrderType.TAKE_PROFIT


async def tries(desk, seconds: int) -> int:
    """How often the first target is sent meanwhile."""
    before = len(desk.line.placed("1ta"))
    for _ in range(0, seconds, 2):
        desk.clock.advance(seconds=2)
        await desk.protect()
    return len(desk.line.placed("1ta")) - before


async def test_a_take_profit_that_is_refused_again_and_again_is_tried_more_and_more_seldom(desk):
    desk.line.faults[TARGET] = refuses
    await desk.trade()
    assert await tries(desk, 30) <= 4
    assert await tries(desk, 270) <= 4
    assert await tries(desk, 240) == 2


async def test_what_was_refused_once_is_tried_again_at_once_when_its_level_moves(desk):
    desk.line.faults[TARGET] = refuses
    trade = await desk.trade()
    await tries(desk, 300)
    desk.line.faults.clear()
    before = desk.line.placed("1ta")
    await desk.move.target(trade.id, Decimal("0.5"))
    assert len(desk.line.placed("1ta")) == len(before) + 1
    assert len(await desk.orders(TARGET)) == 2


async def test_one_refusal_costs_one_turn_only(desk):
    desk.line.faults[TARGET] = refuses
    await desk.trade()
    desk.line.faults.clear()
    assert await tries(desk, 2) == 1
    assert len(await desk.orders(TARGET)) == 2
