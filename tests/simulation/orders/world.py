"""Everything of one life that outlives a process: time, venue, disk, what was said and what broke."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from random import Random

from bot.storage.history import read_live_trades
from bot.storage.ledger import SqlLedger
from core.domain.trade import Kind, Trade
from tests.builders import ACCOUNT
from tests.core.paper.fakes import MemoryPaperStore
from tests.simulation.loop import VirtualClock
from tests.simulation.orders.desk import OPENING, SimDesk, is_harmless
from tests.simulation.orders.floor import Floor
from tests.simulation.orders.line import Line
from tests.simulation.orders.process import Deaths, Process, heirs
from tests.simulation.orders.storage import Disk, Till, blank
from tests.simulation.orders.street import START, Street
from tests.simulation.orders.twin import TwinBroker
from tests.simulation.orders.weather import Fault, Weather

GRACE = 4.0
WINDOWS = (3.0, 3.0, 12.0)


@dataclass
class Verdict:
    """What one life has broken, and what it was like."""

    seed: int
    broken: list[str] = field(default_factory=list)
    struck: Counter[Fault] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    naked: list[float] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    trades: int = 0
    deaths: int = 0
    steps: int = 0


class FairClock:
    """Seconds in which the desk could have done something: it lived, and its venue answered."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.lost = 0.0
        self.since = 0.0
        self.reasons: Counter[str] = Counter()

    def now(self) -> float:
        running = self.loop.time() - self.since if self.reasons.total() else 0.0
        return self.loop.time() - self.lost - running

    def stops(self, reason: str) -> None:
        if not self.reasons.total():
            self.since = self.loop.time()
        self.reasons[reason] += 1

    def goes_on(self, reason: str) -> None:
        self.reasons[reason] -= 1
        if not self.reasons.total():
            self.lost += self.loop.time() - self.since


@dataclass(eq=False)
class World:
    seed: int
    calm: float

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.verdict = Verdict(self.seed)
        self.clock = VirtualClock(START)
        self.fair = FairClock()
        self.weather = Weather(self.seed, self.calm, self.verdict.struck)
        dice = self.dice = Random(f"{self.seed}|world")
        self.street = Street(self.seed, self.weather)
        self.floor = Floor(self.street, unique=dice.random() < 0.3, rests=dice.random() < 0.5)
        self.line = Line(self.floor, self.weather, self.say, window=dice.choice(WINDOWS))
        self.disk = Disk(blank(OPENING))
        self.deaths = Deaths(self.seed, self.weather)
        self.names = count(1)
        self.living: list[Process] = []
        self.up = asyncio.Event()
        self.panic_since: float | None = None
        self.broker, self.ledger = TwinBroker, SqlLedger
        heirs(self.loop, self.living)
        for _, start, end in self.weather.spells:
            self.loop.call_later(start, self.fair.stops, "spell")
            self.loop.call_later(end + GRACE, self.fair.goes_on, "spell")

    # -- words

    def now(self) -> float:
        return self.loop.time()

    def say(self, words: str) -> None:
        self.verdict.log.append(f"{self.now():8.3f}  {words}")

    def breaks(self, law: str, how: str) -> None:
        told = f"{law} at {self.now():.1f} s: {how}"
        self.verdict.broken.append(told)
        self.verdict.log.append(f"******** {told}")

    def new_id(self, kind: str) -> str:
        """Six letters for what becomes a trade, as in life."""
        number = next(self.names)
        return f"x{number:05}" if kind == "card" else f"{kind}{number}"

    # -- processes

    @property
    def process(self) -> Process:
        return self.living[-1]

    def starts(self) -> None:
        born = self.verdict.deaths
        process = Process(born, self.deaths, self.dies)
        self.living[:] = [process]
        till = Till(self.disk, process.step, self.dice)
        self.desk = SimDesk(
            ledger=self.ledger(till),
            opens=self.broker,
            store=MemoryPaperStore(),
            clock=self.clock,
            process=process,
            wire=self.line,
            prices=self.street,
            new_id=self.new_id,
        )
        self.say(f"process {born} starts")
        self.desk.runs(self._failed)
        self.up.set()

    def dies(self, why: Fault, where: str) -> None:
        self.weather.saw(why)
        self.verdict.deaths += 1
        self.say(f"DIES at {where}   [{why}]")
        self.up.clear()
        self.fair.stops("down")
        self.loop.call_later(self.dice.uniform(0.5, 8), self._reborn)

    def _reborn(self) -> None:
        self.starts()
        self.fair.goes_on("down")

    async def awake(self) -> None:
        await self.up.wait()

    def _failed(self, what: str, error: Exception) -> None:
        self.say(f"{what} failed: {error!r}")
        if not is_harmless(error):
            self.breaks("I12", f"{what}: {error!r}")

    # -- what observers ask

    def live_trades(self) -> tuple[Trade, ...]:
        return self.disk.read(read_live_trades, ACCOUNT, Kind.REAL)

    def panicked(self) -> None:
        self.say("PANIC")
        if self.panic_since is None:
            self.panic_since = self.fair.now()

    def calmed(self) -> None:
        self.panic_since = None
