"""The line between a desk and its venue in the grid: watched at both ends, struck at one moment."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import ccxt

from core.domain.trading import Order
from tests.simulation.orders.grid.aiming import AIMS, sent_in
from tests.simulation.orders.grid.cells import Cell, Operation, Phase
from tests.simulation.orders.grid.life import Mortal
from tests.simulation.orders.grid.strikes import Strike
from tests.venues.answers import Answer
from tests.venues.faults import Fault, Reach
from tests.venues.trading.accidents import READS, Accident, Accidents, Mishap

FOR_EVER = 60_000
BAN = 30


@dataclass(eq=False)
class Dormant(Accident):
    """Keeps the past from the moment at which it is wanted, and strikes once it is woken."""

    asleep: bool = True

    def fits(self, what: str) -> bool:
        return not self.asleep and Accident.fits(self, what)


@dataclass(eq=False)
class Line:
    """`armed` from the moment at which the desk begins to do what the cell is about. `sent` is
    everything that has left for the venue under an id of the trade's.
    """

    cell: Cell
    strike: Strike
    venues: Any
    venue: Any
    floor: Any
    armed: bool = False
    struck: bool = False
    seen: bool = False
    trade: str = ""
    wanted: dict[str, Order] = field(default_factory=dict)
    sent: list[tuple[float, Order]] = field(default_factory=list)
    doubled: set[str] = field(default_factory=set)
    log: list[str] = field(default_factory=list)
    hanging: dict[asyncio.Future, tuple[int, str]] = field(default_factory=dict)
    asked: int = 0
    muted: set[str] = field(default_factory=set)
    fault: Fault | None = None
    accident: Accident | None = None
    aimed: str = ""
    left: bool = False
    meeting: bool = False

    def __post_init__(self) -> None:
        self.meets, self.floor.meet_with = self.floor.meet_with, self.meet
        self.floor.accidents = Gate(self)
        if self.strike.mishap and not self.strike.undone:
            self.accident = Accident(
                self.strike.mishap, times=1, lag=self.strike.lag, refusal=self.strike.refusal
            )
        self.scene: Any = None

    def seconds(self) -> float:
        return self.scene.now()

    def say(self, words: str) -> None:
        self.log.append(f"{self.seconds():7.1f}  {words}")

    # -- the desk's end

    def wire(self, client: Any, mortal: Mortal) -> None:
        self.venues.wire(client)
        client.milliseconds = self.scene.clock.milliseconds
        patience, client.timeout = client.timeout, FOR_EVER
        fetch = client.fetch

        async def watched(url: str, method: str = "GET", headers: Any = None, body: Any = None):
            mortal.breathe()
            what = _whole(url, method, body)
            aimed = self._leaves(what)
            if aimed:
                self.point(self.cell.operation, Phase.P1, client)
            mortal.breathe()
            try:
                answer = await self._patiently(fetch(url, method, headers, body), what, patience)
            except ccxt.BaseError as error:
                self.say(f"   {what[:60]} -> {str(error)[:100]}")
                raise
            finally:
                if aimed and self.fault:
                    self.fault.end()
            if aimed:
                self.point(self.cell.operation, Phase.P4)
            mortal.breathe()
            return answer

        client.fetch = watched

    def _leaves(self, what: str) -> bool:
        """Is this the request that the cell is about?"""
        name = sent_in(what, self.trade)
        if name:
            self.say(f"sent {name}")
        if name in self.wanted:
            self.sent.append((self.seconds(), self.wanted[name]))
        if self.left or not self.armed or not AIMS[self.cell.operation](what, self.trade):
            return False
        self.left = True
        return True

    async def _patiently(self, asking: Any, what: str, patience: int) -> Any:
        """A client's patience is of the venue's time."""
        alarm = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(asking)
        self.hanging[alarm] = (self.venue.now + patience, what)
        self.asked += 1
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise ccxt.RequestTimeout(f"{self.venue.dialect.name} {what[:40]} request timed out")
        finally:
            self.hanging.pop(alarm, None)
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            elif not task.cancelled():
                task.exception()

    def rings(self) -> None:
        """Whoever has waited for too long gives up."""
        for alarm, (due, what) in self.hanging.items():
            if what in self.muted and self.venue.now >= due and not alarm.done():
                alarm.set_result(None)

    @property
    def hangs(self) -> bool:
        """Does everybody who waits wait for what never comes?"""
        asked = [what for _, what in self.hanging.values()]
        return bool(asked) and self.muted.issuperset(asked)

    def cut_off(self, kind: Reach, client: Any) -> None:
        """The next connection does not come about, and none is open."""
        self.fault = self.venue.faults.begin(kind)
        old, client.session = client.session, self.venues.session()
        self.scene.spare.append(old)

    # -- the moment

    def point(self, operation: Operation, phase: Phase, client: Any = None) -> None:
        if not self.armed or self.struck:
            return
        if self.cell.operation is Operation.MOVE and operation is Operation.STOP:
            operation = Operation.MOVE
        if (operation, phase) != (self.cell.operation, self.cell.phase):
            return
        self.struck = True
        if self.strike.deed is not None:
            self.say(f"** {self.strike.name}")
            self.scene.client = client
            self.strike.deed(self.scene)

    # -- the venue's end

    def meet(self, accident: Accident | None, asked: Any) -> Answer:
        """As the floor does, with a moment before and one after."""
        if not self.meeting:
            return self.meets(accident, asked)
        self.meeting = False
        self._sleeps()
        self.point(self.cell.operation, Phase.P2)
        if self.strike.undone:
            accident.hit(self.venue.now, asked.whole, "not done")
            self.muted.add(asked.whole)
            return self._instead()
        answer = self.meets(accident, asked)
        if accident is not None and accident.kind is Mishap.MUTE:
            self.muted.add(asked.whole)
        if accident is not None and self.strike.answer:
            answer = self.strike.answer
        self.point(self.cell.operation, Phase.P3)
        return answer

    def _instead(self) -> Answer:
        if self.strike.throttled:
            return self.venue.dialect.throttled(self.strike.throttled, BAN, self.venue.told)
        return self.strike.answer or Answer(200, "")

    def _sleeps(self) -> None:
        """What shows the past later must begin to keep it now."""
        for kind in READS:
            copies = [(self.venue.now, self.floor.ledger.frozen())]
            lag = 5_000 if kind is Mishap.LAGGING else 0
            self.floor.accidents.all.insert(0, Dormant(kind, lag=lag, copies=copies))

    def wakes(self, kind: Mishap) -> None:
        for accident in self.floor.accidents.all:
            if accident.kind is kind and isinstance(accident, Dormant):
                accident.asleep = False
                self.accident = accident

    def arrives(self, what: str) -> Accident | None:
        """The accident that befalls the request that the cell is about."""
        if not self.armed or self.aimed or not AIMS[self.cell.operation](what, self.trade):
            return None
        self.aimed, self.meeting = what, True
        if self.strike.mishap is None:
            return None
        self.struck = True
        self.say(f"** {self.strike.name}")
        if self.strike.undone:
            kind = Mishap.BUSY if self.strike.answer or self.strike.throttled else Mishap.MUTE
            self.accident = Accident(kind, times=1)
        if self.strike.mishap is Mishap.TWICE and self.cell.operation is Operation.ENTRY:
            self.doubled.add(sent_in(what, self.trade))
        self.accident.spend()
        self.floor.accidents.all.append(self.accident)
        return self.accident

    @property
    def observed(self) -> bool:
        """Has it really happened?"""
        by_name = self.fault or self.accident
        return bool(by_name.struck) if by_name else self.struck and self.seen


class Gate(Accidents):
    """The cell's own accident comes before any other."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line

    def strike(self, what: str) -> Accident | None:
        own = self.line.arrives(what)
        return own if own is not None else super().strike(what)


def _whole(url: str, method: str, body: Any) -> str:
    """As the venue writes down what it was asked."""
    path, _, search = url.partition("://")[2].partition("/")[2].partition("?")
    text = body.decode() if isinstance(body, bytes) else body or ""
    return f"{method} /{path}?{search}{text}"
