"""Open orders are looked for where there can be some, and everywhere twice a minute."""

from dataclasses import replace

from bot.broker.binance.sight import Sight
from core.domain.trading import Placed
from tests.core.broker_contract import bid
from tests.venues.trading.accidents import Mishap


async def test_what_the_desk_sends_is_in_sight_at_once_and_costs_little(broker, floor):
    assert await broker.open_orders() == ()
    assert await broker.place(bid()) == Placed("bid")
    with floor.begin(Mishap.LAGGING, "GET /fapi/v1/open") as looks:
        assert [s.order.client_order_id for s in await broker.open_orders()] == ["bid"]
    assert len(looks.struck) == 2
    assert all("symbol=BTCUSDT" in struck.request for struck in looks.struck)


async def test_what_another_hand_leaves_elsewhere_is_seen_within_half_a_minute(
    broker, opened, venues
):
    assert await broker.open_orders() == ()
    other = await opened()
    await other.place(replace(bid("foreign", "2000"), symbol="ETH/USDT:USDT"))
    await other.aclose()
    venues.world.clock.now += 30_000
    assert [s.order.client_order_id for s in await broker.open_orders()] == ["foreign"]
    venues.world.clock.now += 1_000
    assert [s.order.client_order_id for s in await broker.open_orders()] == ["foreign"]


def test_what_was_sent_a_moment_ago_stays_in_sight_though_it_was_not_seen():
    sight = Sight()
    sight.sent("BTCUSDT", 10.0)
    sight.saw((), 12.0)
    assert sight.narrow(13.0) == {"BTCUSDT"}
    sight.saw((), 42.0)
    assert sight.narrow(43.0) == frozenset()


def test_everything_is_looked_at_after_a_while_and_where_there_is_much():
    sight = Sight()
    assert sight.narrow(0.0) is None
    sight.saw({str(n) for n in range(21)}, 0.0)
    assert sight.narrow(1.0) is None
    sight.saw({"BTCUSDT"}, 1.0)
    assert sight.narrow(30.9) == {"BTCUSDT"}
    assert sight.narrow(31.0) is None
