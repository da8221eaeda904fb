"""One life from its seed: a desk trades through bad weather, then through a calm, and is judged.

What must hold:

    I1    an entry is sent at most once, and executed at most once
    I2    a live stop for the whole position within 10 s of each fill, or it is being closed
    I3    what is to reduce neither opens, nor enlarges, nor turns a position over
    I4    at the end ledger and venue agree: positions, prices, orders
    I5    no position of its own that the desk does not know for longer than 15 s
    I6    every event is in the outbox, once
    I7    money: the wallet has a line for every coin, every line of the desk is booked once
    I8    no trade is larger, or loses more, than planned, but for gaps
    I9    nothing is entered while the account is paused
    I10   30 s after a panic everything is flat
    I12   nothing raises but what a person may be told
    once  a button does one thing, however often it is tapped

Seconds count while the process lives and the venue answers at all.
"""

import asyncio
from collections.abc import Callable
from random import Random

from tests.simulation.loop import live
from tests.simulation.orders.hands import Hands
from tests.simulation.orders.laws import judge
from tests.simulation.orders.observer import Watch
from tests.simulation.orders.person import Person
from tests.simulation.orders.storage import remembering
from tests.simulation.orders.weather import Fault
from tests.simulation.orders.world import Verdict, World

CALM, STILL = 60, 12

Bend = Callable[[World], None]


def run(seed: int, bend: Bend | None = None) -> Verdict:
    with remembering():
        return live(_lives(seed, bend))


async def _lives(seed: int, bend: Bend | None) -> Verdict:
    world = World(seed, calm=Random(f"{seed}|length").choice((45, 90, 180)))
    world.watch = Watch(world)
    if bend:
        bend(world)
    world.starts()
    person, hands = Person(world), Hands(world)
    tasks = [asyncio.ensure_future(one.lives()) for one in (person, hands)]
    await _passes(world)
    await world.awake()
    await _ends(world, tasks)
    judge(world, world.watch)
    for name, times in person.effects.items():
        world.verdict.checked["once"] += 1
        if times > 1:
            world.breaks("once", f"button {name} did something {times} times")
    world.verdict.steps = world.deaths.all
    world.disk.close()
    return world.verdict


async def _passes(world: World) -> None:
    """Second after second; in the last ones not even prices move."""
    for second in range(1, int(world.calm) + CALM):
        await asyncio.sleep(second - world.now())
        if second < int(world.calm) + CALM - STILL:
            world.street.step(second)
        world.floor.moves()
        if not world.process.dead and world.deaths.idle(world.now()):
            world.process.die(Fault.CRASH, "nothing in particular")


async def _ends(world: World, tasks: list[asyncio.Task]) -> None:
    for task in (*tasks, *world.process.tasks):
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            world.breaks("alive", f"{error!r}")
