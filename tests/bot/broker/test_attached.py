"""Where a venue can, an entry brings its stop with it: there is no moment without one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.account import Mode
from core.domain.trading import OrderStatus, OrderType, Placed
from tests.core.broker_contract import entry
from tests.venues.bitget.dialect import BITGET
from tests.venues.bybit.dialect import BYBIT
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.okx.dialect import OKX
from tests.venues.trading.bitget.opening import open_floor as open_bitget
from tests.venues.trading.bybit.opening import open_floor as open_bybit
from tests.venues.trading.okx.opening import open_floor as open_okx

OPENERS = {"bybit": open_bybit, "okx": open_okx, "bitget": open_bitget}
BTC = "BTC/USDT:USDT"
GUARDED = replace(
    entry("k7q2m3e1"),
    type=OrderType.IOC,
    price=Decimal(50_100),
    stop_loss=Decimal(45_000),
)


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (BYBIT, OKX, BITGET)) as served:
        await served.trade("BTC", 50_000.0)
        yield served


@pytest.fixture
async def opened(venues, open_at):
    brokers = []

    async def once(venue, mode=Mode.LIVE):
        floor = OPENERS[venue](venues[venue])
        floor.keys = replace(floor.keys, demo=mode is Mode.DEMO)
        keys = {"key": floor.keys.key, "secret": floor.keys.secret}
        if word := getattr(floor.keys, "passphrase", ""):
            keys["passphrase"] = word
        brokers.append(await open_at(venue, mode, **keys))
        return brokers[-1]

    yield once
    for broker in brokers:
        await broker.aclose()


@pytest.mark.parametrize("venue", OPENERS)
async def test_the_stop_is_there_with_the_fill_and_closes_what_it_brought(venue, venues, opened):
    broker = await opened(venue)
    assert await broker.place(GUARDED) == Placed("k7q2m3e1")
    (waiting,) = await broker.open_orders()
    order = waiting.order
    assert (order.type, order.stop_price, order.amount, order.reduce_only) == (
        OrderType.STOP_MARKET,
        45_000,
        Decimal("0.1"),
        True,
    )
    assert (await broker.find(order)).status is OrderStatus.OPEN

    await venues.trade("BTC", 44_900.0)
    assert (await broker.account()).positions == ()
    sold = (await broker.activity(0, {BTC}))[-1]
    assert (sold.amount, sold.side) == (Decimal("0.1"), "sell")
    assert (await broker.find(order)).status is OrderStatus.FILLED


@pytest.mark.parametrize("venue", OPENERS)
async def test_what_the_venue_named_itself_can_be_taken_back(venue, opened):
    broker = await opened(venue)
    await broker.place(replace(GUARDED, client_order_id="somebody"))
    (waiting,) = await broker.open_orders()
    await broker.cancel(waiting.order)
    assert await broker.open_orders() == ()


async def test_at_okx_the_desk_knows_it_by_its_own_name(venues, opened):
    broker = await opened("okx")
    await broker.place(GUARDED)
    (waiting,) = await broker.open_orders()
    assert waiting.order.client_order_id == "k7q2m3s0"
    await venues.trade("BTC", 44_900.0)
    assert (await broker.activity(0, {BTC}))[-1].client_order_id == "k7q2m3s0"


@pytest.mark.parametrize("venue", OPENERS)
async def test_a_demo_account_trades_where_demo_accounts_do(venue, opened):
    broker = await opened(venue, Mode.DEMO)
    assert await broker.place(GUARDED) == Placed("k7q2m3e1")
    assert (await broker.account()).position(BTC).amount == Decimal("0.1")
