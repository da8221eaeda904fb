"""A process that can be killed at any await: from then on nothing that it does has an effect."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.simulation.orders.weather import Fault, Weather

QUIET = ("read", "account", "find", "open_orders", "activity", "quote")
EARLY, RECOVERY = 160, 60


@dataclass
class Deaths:
    """When processes die: after so many steps of a kind, or while nobody does anything."""

    seed: int
    weather: Weather

    def __post_init__(self) -> None:
        self.dice = dice = Random(f"{self.seed}|deaths")
        kinds = self.weather.kinds
        times = dice.choice((1, 1, 2)) if Fault.CRASH in kinds else 0
        self.left = [self._drawn() for _ in range(times)]
        self.relapses = [dice.randrange(RECOVERY)] if Fault.RELAPSE in kinds else []
        self.loud = self.all = 0

    def _drawn(self) -> tuple[str, float]:
        kind = self.dice.choice(("loud", "loud", "all", "idle"))
        most = {"loud": EARLY, "all": EARLY * 8, "idle": self.weather.calm}[kind]
        return kind, self.dice.uniform(1, most)

    def strikes(self, where: str) -> bool:
        """A step is loud when it leaves something behind: a commit, an order, a cancellation."""
        self.all += 1
        self.loud += not where.startswith(QUIET)
        if not self.left:
            return False
        counts = {"loud": self.loud, "all": self.all, "idle": -1}
        due = [one for one in self.left if counts[one[0]] >= one[1]]
        self.left = [one for one in self.left if one not in due]
        return bool(due)

    def idle(self, moment: float) -> bool:
        due = [one for one in self.left if one[0] == "idle" and moment >= one[1]]
        self.left = [one for one in self.left if one not in due]
        return bool(due)


@dataclass(eq=False)
class Process:
    """One life of the program between two deaths; `born` counts them."""

    born: int
    deaths: Deaths
    fatal: Any  # what to call when it dies
    tasks: set[asyncio.Task] = field(default_factory=set)
    dead: bool = False
    recovering: int = -1

    def step(self, where: str) -> None:
        """Die here, if it is time; a dead process does nothing any more."""
        if self.dead:
            raise asyncio.CancelledError
        if self._relapses():
            self.die(Fault.RELAPSE, where)
            raise asyncio.CancelledError
        if self.deaths.strikes(where):
            self.die(Fault.CRASH, where)
            raise asyncio.CancelledError

    def _relapses(self) -> bool:
        """Soon after a start that followed a death."""
        if not self.born or not self.deaths.relapses:
            return False
        self.recovering += 1
        if self.recovering < self.deaths.relapses[0]:
            return False
        self.deaths.relapses.pop()
        return True

    def die(self, why: Fault, where: str) -> None:
        self.dead = True
        for task in self.tasks:
            task.cancel()
        self.fatal(why, where)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task:
        task = asyncio.get_running_loop().create_task(work)
        self.adopt(task)
        return task

    def adopt(self, task: asyncio.Task) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def heirs(loop: asyncio.AbstractEventLoop, living: list[Process]) -> None:
    """Whatever a task of a process starts is the process's, too, and dies with it."""

    def make(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task:
        parent = asyncio.current_task(loop) if loop.is_running() else None
        task = asyncio.Task(work, loop=loop, **more)
        for process in living:
            if parent is not None and parent in process.tasks:
                process.adopt(task)
        return task

    loop.set_task_factory(make)
