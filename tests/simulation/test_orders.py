"""A short slice of the lives of orders, and the proof that the simulation would notice."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from functools import wraps

import pytest

from core.domain.trading import Order, OrderType, Placed, Side, Unknown
from core.errors import BrokerUnavailable
from tests.simulation.loop import live
from tests.simulation.orders.broken import DESKS
from tests.simulation.orders.command import caught, main, never
from tests.simulation.orders.desk import SETTINGS
from tests.simulation.orders.life import run
from tests.simulation.orders.street import BTC, STEP
from tests.simulation.orders.twin import TwinBroker
from tests.simulation.orders.weather import Fault
from tests.simulation.orders.world import World

SLICE = range(50)
MANY = range(10_000)
SOON = range(60)
QUICK = (
    "retries an entry that nobody answered",
    "protects in a loop of its own only",
    "books without a cursor",
    "spends no button",
)


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level("CRITICAL")


def test_no_invariant_is_violated_whatever_goes_wrong():
    verdicts = [run(seed) for seed in SLICE]
    assert {v.seed: v.broken for v in verdicts if v.broken} == {}
    assert sum(v.trades for v in verdicts) > len(SLICE)
    assert sum(v.deaths for v in verdicts) > len(SLICE) / 3


def test_the_same_seed_is_the_same_life():
    assert run(7) == run(7)
    assert len(run(7).log) > 20


@pytest.mark.parametrize("name", QUICK)
def test_a_desk_that_is_plainly_wrong_is_found_out_soon(name):
    _, how = caught(DESKS[name], SOON)
    assert how.split()[0] in DESKS[name].law.split()


@pytest.mark.nightly
@pytest.mark.timeout(7200)
def test_every_broken_desk_is_found_out():
    assert main(["--variants"]) == 0


@pytest.mark.nightly
@pytest.mark.timeout(7200)
def test_ten_thousand_lives_violate_nothing_and_meet_every_fault():
    verdicts = [run(seed) for seed in MANY]
    assert [v.seed for v in verdicts if v.broken] == []
    assert never(verdicts) == []


# -- what the simulation is made of

ENTRY = Order(
    client_order_id="x00001e1",
    symbol=BTC,
    side=Side.BUY,
    type=OrderType.IOC,
    amount=Decimal("0.1"),
    price=Decimal(50_100),
    leverage=3,
)
STOP = replace(
    ENTRY,
    client_order_id="x00001s1",
    side=Side.SELL,
    type=OrderType.STOP_MARKET,
    price=None,
    stop_price=Decimal(49_000),
    reduce_only=True,
)


def with_only(*faults):
    """Run a test in a world where these faults, and no others, always strike."""

    def wrap(test):
        async def body():
            world = World(1, calm=60)
            world.weather.kinds = frozenset(faults)
            world.weather.rate = 1.0 if faults else 0.0
            world.weather.spells = ()
            await test(world, TwinBroker(world.line, lambda where: None))

        @wraps(test)
        def run_it():
            live(body())

        del run_it.__wrapped__
        return run_it

    return wrap


@with_only()
async def test_in_calm_weather_an_order_fills_and_its_stop_waits(world, broker):
    assert await broker.place(ENTRY) == Placed(ENTRY.client_order_id)
    assert await broker.place(STOP) == Placed(STOP.client_order_id)
    (position,) = (await broker.account()).positions
    (waits,) = await broker.open_orders()
    (fill,) = await broker.activity(0, {BTC})
    assert (position.amount, waits.order.stop_price, fill.amount) == (
        ENTRY.amount,
        STOP.stop_price,
        ENTRY.amount,
    )


@with_only(Fault.LOST)
async def test_a_lost_order_is_unknown_and_was_not_executed(world, broker):
    assert await broker.place(ENTRY) == Unknown(ENTRY.client_order_id)
    await asyncio.sleep(30)
    assert world.floor.position(BTC) == 0
    assert world.weather.struck == {Fault.LOST: 1}


@with_only(Fault.MUTE)
async def test_an_order_without_an_answer_is_unknown_and_was_executed(world, broker):
    assert await broker.place(ENTRY) == Unknown(ENTRY.client_order_id)
    assert world.floor.position(BTC) == ENTRY.amount


@with_only(Fault.LATE)
async def test_a_late_order_arrives_within_its_window_or_never(world, broker):
    world.line.window, orders = 12.0, [f"x{n:05}e1" for n in range(40)]
    for name in orders:
        assert await broker.place(replace(ENTRY, client_order_id=name, amount=STEP)) == Unknown(
            name
        )
    await asyncio.sleep(broker.arrival.total_seconds())
    arrived = [name for name in orders if world.floor.executed(name)]
    assert 0 < len(arrived) < len(orders)
    assert world.floor.position(BTC) == STEP * len(arrived)


@with_only(Fault.TWICE)
async def test_an_order_that_comes_twice_fills_twice_where_only_open_ids_are_compared(
    world, broker
):
    world.floor.unique = False
    await broker.place(ENTRY)
    await asyncio.sleep(6)
    assert world.floor.position(BTC) == 2 * ENTRY.amount


@with_only(Fault.TWICE)
async def test_an_order_that_comes_twice_fills_once_where_no_id_ever_comes_again(world, broker):
    world.floor.unique = True
    await broker.place(ENTRY)
    await asyncio.sleep(6)
    assert world.floor.position(BTC) == ENTRY.amount


@with_only(Fault.SILENT)
async def test_two_questions_in_a_row_may_go_unanswered_and_never_three(world, broker):
    for _ in range(2):
        with pytest.raises(BrokerUnavailable):
            await broker.account()
    assert (await broker.account()).wallet == 10_000


@with_only(Fault.TAKEN)
async def test_a_cancellation_without_an_answer_is_done(world, broker):
    await broker.place(ENTRY)
    await broker.place(STOP)
    with pytest.raises(BrokerUnavailable):
        await broker.cancel(STOP)
    assert [s for s in world.floor.view().open() if s.order.client_order_id == "x00001s1"] == []


@with_only()
async def test_a_dead_process_leaves_nothing_behind_but_what_was_on_its_way(world, broker):
    world.starts()
    process, desk = world.process, world.desk
    sent = process.spawn(desk.broker.place(ENTRY))
    await asyncio.sleep(0)
    process.die(Fault.CRASH, "the middle of a sentence")
    with pytest.raises(asyncio.CancelledError):
        await desk.ledger.commit(SETTINGS)
    await asyncio.sleep(1)
    assert sent.cancelled()
    assert world.floor.position(BTC) == ENTRY.amount
    await asyncio.sleep(10)
    assert world.process is not process
    for task in tuple(world.process.tasks):
        task.cancel()
