"""Gives a town's desk a model that talks as a test tells it to."""

import asyncio
from itertools import count

from bot.asking import open_ask_desk
from core.ask.tools import Sources
from core.owner import ACCOUNT
from core.voices.breaker import Health
from core.voices.consult import Desk
from core.voices.ports import Endless
from tests.core.ask.chatters import ScriptedChatter
from tests.model_fakes import MODEL, FakeAllowance, FakeTell, MemoryMinutes, MemoryPurse


def answers(town, *script, caps=None):
    """From now on this desk has a model that says this."""
    desk, numbers = town.desk, count(1)
    purse = MemoryPurse(FakeAllowance(caps)) if caps else MemoryPurse()
    shared = Desk(
        purse=purse,
        minutes=MemoryMinutes(),
        health=Health(),
        tell=FakeTell(),
        clock=town.clock,
        patience=Endless(),
        new_id=lambda: f"q{next(numbers)}",
    )
    sources = Sources(
        account=ACCOUNT,
        clock=town.clock,
        pages=town.ledger,
        past=desk.stores.past,
        endings=desk.stores.scores,
        quotes=town.market,
        stand=desk.venue.stand,
        report=desk.engine.make_report,
        bills=purse,
        news=desk.stores.news,
        nonce=lambda: "k4f9",
    )
    chatter = ScriptedChatter(script)
    desk.dispatcher["ask_desk"] = open_ask_desk(sources, shared, MODEL, chatter)
    return chatter


async def until(phone, words):
    """The answer comes by itself."""
    async with asyncio.timeout(5):
        while not phone.sees(words):
            await asyncio.sleep(0.01)
            await phone.look()
