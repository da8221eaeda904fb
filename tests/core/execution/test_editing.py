"""Changing a trade as it is now, with nobody in between."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from core.domain.notice import NoticeKind
from core.domain.trade import Exit
from core.errors import NotFound
from tests.builders import notice
from tests.core.paper.builders import BTC

pytest_plugins = "tests.core.desk"


async def test_a_change_is_made_to_the_trade_as_it_is_now(desk):
    trade = await desk.trade()
    await desk.edit(trade.id, partial(replace, trailing=True))
    await desk.edit(trade.id, partial(replace, ending=Exit.PERSON))
    after = await desk.again(trade)
    assert (after.trailing, after.ending) == (True, Exit.PERSON)


async def test_what_belongs_to_a_change_is_written_with_it(desk):
    trade = await desk.trade()
    unchanged = await desk.edit(trade.id, lambda current: current, notice(subject=trade.id))
    assert unchanged == trade
    assert (await desk.told())[-1] is NoticeKind.PROPOSAL


async def test_a_trade_that_nobody_made_cannot_be_changed(desk):
    with pytest.raises(NotFound):
        await desk.edit("nobody", lambda current: current)


async def test_nobodys_change_is_forgotten(lasting_desk):
    desk = lasting_desk
    trade = await desk.trade()
    steps = [partial(desk.edit, trade.id, _counted) for _ in range(10)]
    await asyncio.gather(*(step() for step in steps))
    assert (await desk.again(trade)).revision == trade.revision + 10


def _counted(current):
    return replace(current, revision=current.revision + 1)


async def test_a_fill_and_a_persons_moves_at_once_all_count(lasting_desk):
    desk = lasting_desk
    trade = await desk.trade()
    desk.market("102 103.2 102 102.5")
    await desk.broker.advance()
    await asyncio.gather(
        desk.settle(), desk.move.break_even(trade.id), desk.settle(), desk.move.trail(trade.id)
    )
    after = await desk.again(trade)
    assert (after.stop, after.trailing, after.targets_hit) == (Decimal("100.2"), True, 1)


async def test_a_fill_is_booked_once_however_many_ask_at_once(lasting_desk):
    desk = lasting_desk
    trade = await desk.trade()
    desk.market("100 100.5 97 97.5")
    await desk.broker.advance()
    await asyncio.gather(*(desk.watch() for _ in range(5)))
    after = await desk.again(trade)
    assert (await desk.broker.account()).equity == 10_000 + after.net
    assert await desk.stops() == {}


async def test_a_trade_that_is_closed_meanwhile_is_no_longer_followed(lasting_desk):
    desk = lasting_desk
    trade = await desk.trade()
    desk.street.says(BTC, "102")
    await asyncio.gather(desk.close(trade.id, Exit.PERSON), desk.follow())
    assert (await desk.again(trade)).exit is Exit.PERSON
