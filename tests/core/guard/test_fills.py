"""Prices at which our orders were filled, beside what the market was like then."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.intent import Role
from core.domain.market import Bar, Candle, Quote
from core.domain.restraint import Reason
from core.domain.trading import Cause, OrderType, Side
from core.errors import NoMarketData
from core.guard.fills import WatchFills
from tests.builders import ACCOUNT, NOON, SYMBOL, booked, fill, intent, order, settings
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame

MINUTE = timedelta(minutes=1)
STOP = order(
    client_order_id="k7q2es1",
    side=Side.SELL,
    type=OrderType.STOP_MARKET,
    price=None,
    stop_price=Decimal(63_000),
    reduce_only=True,
)


class Street(FakeMarket):
    """One quote, and bars whose marks differ from their trades."""

    def __init__(self, clock):
        super().__init__(clock, {SYMBOL: frame([64_000.0])})
        self.told = []
        self.now = Quote(SYMBOL, clock.now(), Decimal(64_000), Decimal(64_000))

    def marks(self, opened, low, high):
        prices = [Decimal(p) for p in (low, high, low, high, 1)]
        mark = Candle(opened, *prices)
        wick = Candle(opened, *[Decimal(p) for p in (low, high, 1, high, 1)])
        self.told.append(Bar(wick, mark, opened + MINUTE))

    async def bars(self, symbol, after, until):
        return [bar for bar in self.told if after < bar.close_time <= until]

    async def quote(self, symbol):
        if self.now is None:
            raise NoMarketData
        return self.now


class Watch:
    def __init__(self):
        self.clock = FakeClock()
        self.street = Street(self.clock)
        self.ledger = MemoryLedger(intent(), intent(role=Role.STOP, order=STOP))
        self.watch = WatchFills(
            ACCOUNT, self.clock, self.ledger, self.street, self.street, self.street
        )

    async def finds(self, **changes):
        found = await self.watch(settings(**changes))
        return [(cause.reason, cause.detail) for cause in found]

    async def stopped(self, price, seq=1, **changes):
        lived = fill(
            seq=seq, client_order_id=STOP.client_order_id, side=Side.SELL, price=Decimal(price)
        )
        for name, value in changes.items():
            object.__setattr__(lived, name, value)
        await self.ledger.commit(booked(lived))


@pytest.fixture
def watch():
    return Watch()


async def test_a_fill_beside_the_mark_and_its_own_price_is_quiet(watch):
    await watch.stopped(62_900)
    watch.street.now = Quote(SYMBOL, NOON, Decimal(62_900), Decimal(62_900))
    assert await watch.finds() == []


async def test_a_stop_that_slipped_too_far_is_told_with_its_share_and_once(watch):
    await watch.stopped(61_000)
    watch.street.now = Quote(SYMBOL, NOON, Decimal(61_000), Decimal(61_000))
    assert await watch.finds() == [(Reason.SLIPPAGE, "BTC 3.17%")]
    assert await watch.finds() == []


async def test_a_fill_far_from_the_mark_of_its_time_is_told(watch):
    await watch.stopped(62_000)
    assert await watch.finds() == [(Reason.FAR_FILL, "BTC 3.12%")]


async def test_what_the_mark_was_is_read_from_the_candle_and_not_from_its_trades(watch):
    opened = NOON - timedelta(seconds=30)
    watch.street.marks(opened, 63_500, 64_500)
    watch.clock.advance(minutes=5)
    watch.street.now = Quote(SYMBOL, watch.clock.now(), Decimal(62_000), Decimal(62_000))
    await watch.stopped(62_000)
    assert await watch.finds() == [(Reason.FAR_FILL, "BTC 2.36%")]


async def test_until_the_mark_of_its_time_is_known_a_fill_waits(watch):
    watch.clock.advance(seconds=40)
    watch.street.now = None
    await watch.stopped(62_000)
    assert await watch.finds() == []
    watch.street.now = Quote(SYMBOL, watch.clock.now(), Decimal(62_000), Decimal(62_000))
    assert await watch.finds() == []
    watch.street.marks(NOON - timedelta(seconds=30), 63_500, 64_500)
    assert await watch.finds() == [(Reason.FAR_FILL, "BTC 2.36%")]


async def test_another_venues_price_judges_nobody(watch):
    watch.street.now = Quote(SYMBOL, NOON, Decimal(64_000), Decimal(64_000), elsewhere=True)
    await watch.stopped(62_000)
    assert await watch.finds() == []


async def test_an_entry_beyond_its_limit_is_an_alarm_however_small(watch):
    await watch.ledger.commit(booked(fill(price=Decimal(64_050))))
    assert await watch.finds() == [(Reason.SLIPPAGE, "BTC 0.06%")]


async def test_a_liquidation_has_a_price_of_its_own(watch):
    await watch.stopped(50_000, cause=Cause.LIQUIDATION, client_order_id="")
    assert await watch.finds() == []


async def test_fills_of_nobodys_trade_are_nobodys_business(watch):
    await watch.ledger.commit(booked(fill(price=Decimal(50_000)), trade_id=""))
    assert await watch.finds() == []


async def test_what_happened_before_a_persons_yes_is_not_told_again_after_a_restart(watch):
    await watch.stopped(61_000)
    watch.clock.advance(seconds=5)
    assert await watch.finds(released_at=NOON + timedelta(seconds=1)) == []


async def test_what_is_an_hour_old_is_left_to_the_ledger(watch):
    await watch.stopped(50_000)
    watch.street.marks(NOON - timedelta(seconds=30), 63_500, 64_500)
    watch.clock.advance(minutes=61)
    assert await watch.finds() == []
