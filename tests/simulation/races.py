"""Two to twenty taps at once on one card, and panic among them: one effect, whatever the order.

The ledger is SQLite in a file. In many races the taps come through two processes, each with a
connection and a lane of its own, so that nothing but the ledger can decide. The seed draws who taps
what and how late; how the threads of the database interleave is left to the machine.
"""

import asyncio
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.paper import SqlPaperStore
from core.domain.intent import Role
from core.domain.ledger import Claim
from core.domain.proposal import Yes
from core.ending import trade_of_plan
from core.execution.names import order_id
from core.execution.orders import entry_order
from tests.bot.storage.presses import numbered
from tests.builders import PERSON, button
from tests.core.desk import Desk, _furnish
from tests.simulation.races_laws import Effect, effect_of, laws
from tests.simulation.races_taps import Race, Second, Tap

MOST = 20
LATEST = 12
MEMORY = Path("/dev/shm")  # what a disk adds is only waiting: no machine fails here
PLACE = str(MEMORY) if MEMORY.is_dir() else None
Broken = Callable[[Desk], None]


@dataclass(slots=True)
class Verdict:
    seed: int
    broken: list[str] = field(default_factory=list)
    taps: Counter[Tap] = field(default_factory=Counter)
    effects: Counter[Effect] = field(default_factory=Counter)
    processes: int = 1


def run(seed: int, breaks: Broken | None = None) -> Verdict:
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        file = shutil.copy(_blank(), Path(folder) / "desk.db")
        return asyncio.run(_run(seed, f"sqlite:///{file}", breaks))


@cache
def _blank() -> Path:
    """A ledger with its tables, made once by each process."""
    path = Path(tempfile.mkdtemp(dir=PLACE)) / "blank.db"
    asyncio.run(_furnish(f"sqlite:///{path}"))
    return path


async def _run(seed: int, url: str, breaks: Broken | None) -> Verdict:
    dice, verdict = random.Random(seed), Verdict(seed)
    kinds = _drawn(dice)
    verdict.taps.update(kinds)
    # panic sells what another process is buying only under a lease, of which there is none here
    verdict.processes = 1 if Tap.PANIC in kinds else dice.choice((1, 2))
    async with AsyncExitStack() as opened:
        desks = await _desks(url, verdict.processes, opened)
        for desk in desks if breaks else ():
            breaks(desk)
        race = await _offered(desks)
        taps = (race.tap(kind, dice.choice(desks), dice.randrange(LATEST)) for kind in kinds)
        outcomes = await asyncio.gather(*taps, return_exceptions=True)
        await desks[0].watch()
        found = (effect_of(kind, told) for kind, told in zip(kinds, outcomes, strict=True))
        verdict.effects.update(effect for effect in found if effect)
        verdict.broken += [words async for words in laws(race, kinds, outcomes)]
    return verdict


def _drawn(dice: random.Random) -> list[Tap]:
    """Often one button, else several at once; panic in every fifth race."""
    answers = [tap for tap in Tap if tap is not Tap.PANIC]
    pressed = dice.sample(answers, dice.choice((1, 1, 2, 3, 4)))
    kinds = [dice.choice(pressed) for _ in range(dice.randint(2, MOST))]
    if dice.random() < 0.2:
        kinds[: dice.randint(1, 2)] = [Tap.PANIC] * dice.randint(1, 2)
    dice.shuffle(kinds)
    return kinds


async def _desks(url: str, processes: int, opened: AsyncExitStack) -> tuple[Desk, ...]:
    databases = [await Database.open(url) for _ in range(processes)]
    for database in databases:
        opened.push_async_callback(database.close)
    first = await Desk(
        ledger=SqlLedger(databases[0]), store=SqlPaperStore(databases[0])
    ).restarted()
    others = (
        Second(ledger=SqlLedger(one), store=SqlPaperStore(one), clock=first.clock).beside(first)
        for one in databases[1:]
    )
    return (first, *others)


async def _offered(desks: tuple[Desk, ...]) -> Race:
    card = await desks[0].card()
    shop = numbered(desks[0].ledger.database)
    names = await shop.issue([button(verb=tap.value, subject=card.id, once=True) for tap in Tap])
    claims = (Claim(name, PERSON.id, PERSON.chat, desks[0].clock.now()) for name in names)
    return Race(desks, card, dict(zip(Tap, claims, strict=True)))


def sends_first(desk: Desk) -> None:
    """A broken desk: the order leaves, and then the button is looked at."""
    approve = desk.approve

    async def hasty(card_id: str, yes: Yes, *, part: Decimal = Decimal(1), claim: Claim) -> object:
        trade = trade_of_plan(await desk.ledger.proposal(card_id), desk.clock.now())
        await desk.line.place(entry_order(trade, order_id(trade.id, Role.ENTRY, ())))
        return await approve(card_id, yes, part=part, claim=claim)

    desk.approve = hasty
