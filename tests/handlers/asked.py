"""Gives a town's desk a model that talks as a test tells it to."""

import asyncio
from decimal import Decimal
from itertools import count

from bot.asking import open_ask_desk, open_sources
from bot.storage.minutes import SqlMinutes
from bot.won import TypedWon
from bot.world import World
from core.voices.breaker import Health
from core.voices.consult import Desk
from core.voices.ports import Endless
from tests.core.ask.chatters import ScriptedChatter
from tests.model_fakes import MODEL, FakeAllowance, FakeTell, MemoryPurse


def answers(town, *script, caps=None):
    """From now on this desk has a model that says this."""
    desk, numbers = town.desk, count(1)
    purse = MemoryPurse(FakeAllowance(caps)) if caps else MemoryPurse()
    shared = Desk(
        purse=purse,
        minutes=SqlMinutes(town.ledger.database),
        health=Health(),
        tell=FakeTell(),
        clock=town.clock,
        patience=Endless(),
        new_id=lambda: f"q{next(numbers)}",
    )
    won = TypedWon(town.clock, None)
    world = World(town.clock, town.market, desk.stores, Decimal(10_000), won, purse)
    sources = open_sources(world, desk.posts.main.venue, desk.posts.main.engine)
    chatter = ScriptedChatter(script)
    desk.hands[desk.posts.main.name]["ask_desk"] = open_ask_desk(sources, shared, MODEL, chatter)
    return chatter


async def until(phone, words):
    """The answer comes by itself."""
    async with asyncio.timeout(5):
        while not phone.sees(words):
            await asyncio.sleep(0.01)
            await phone.look()
