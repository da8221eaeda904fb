"""Everything off in every account; one that is out of reach keeps nobody waiting."""

import asyncio

import pytest

from core.alarm import PanicEverywhere
from core.domain.notice import NoticeKind
from core.domain.trade import Exit, TradeStatus
from core.errors import BrokerUnavailable
from core.panic import Panic
from tests.builders import ACCOUNT, NOON, plan, settings, trade
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"

OTHER = "bybit-2"


class Away:
    """A venue that does not answer, or not before it is let go."""

    def __init__(self):
        self.is_away, self.hangs = True, None

    async def open_orders(self):
        if self.hangs:
            await self.hangs.wait()
        if self.is_away:
            raise BrokerUnavailable
        return ()


@pytest.fixture
def away():
    return Away()


@pytest.fixture
async def everywhere(desk, away):
    """Money at a venue that is away, and beside it the desk's paper."""
    await desk.ledger.commit(settings(account=OTHER, symbols=(BTC, ETH)))
    other = Panic(OTHER, desk.clock, away, desk.ledger, desk.close)
    return PanicEverywhere((other, desk.panic))


async def held(desk):
    """A position of the other account."""
    open_ = trade(
        id="far01", account=OTHER, plan=plan(symbol=ETH), status=TradeStatus.OPEN, opened_at=NOON
    )
    await desk.ledger.commit(open_)
    return open_


async def panics(desk):
    return sorted(n.account for n in await desk.notices() if n.kind is NoticeKind.PANIC_DONE)


async def test_every_account_is_emptied_paused_and_reported(desk, everywhere, away):
    away.is_away = False
    mine = await desk.trade()
    await everywhere()
    assert (await desk.again(mine)).exit is Exit.PANIC
    for account in (OTHER, ACCOUNT):
        assert (await desk.ledger.settings(account)).paused
    assert await panics(desk) == [OTHER, ACCOUNT]


async def test_what_a_silent_venue_holds_is_named_and_closed_later(desk, everywhere):
    far, mine = await held(desk), await desk.trade(BTC)
    away_one, here = await everywhere()
    assert (away_one.left, here.left) == ((ETH,), ())
    assert (await desk.again(mine)).exit is Exit.PANIC
    assert (await desk.ledger.settings(OTHER)).paused
    assert (await desk.again(far)).ending is Exit.PANIC


async def test_a_venue_that_hangs_delays_nobody(desk, everywhere, away):
    away.hangs = asyncio.Event()
    mine = await desk.trade()
    panic = asyncio.ensure_future(everywhere())
    async with asyncio.timeout(5):
        while not await panics(desk):  # noqa: ASYNC110 - the ledger tells nobody
            await asyncio.sleep(0)
    assert (await desk.again(mine)).exit is Exit.PANIC
    assert (await desk.ledger.settings(OTHER)).paused
    assert not panic.done()
    away.hangs.set()
    await panic


async def test_a_bug_in_one_account_is_raised_when_all_have_ended(desk, everywhere, monkeypatch):
    async def broken(_panic):
        raise ZeroDivisionError

    mine = await desk.trade()
    monkeypatch.setattr(everywhere.panics[0].broker, "open_orders", lambda: broken(None))
    with pytest.raises(ZeroDivisionError):
        await everywhere()
    assert (await desk.again(mine)).exit is Exit.PANIC
