"""Fake venues that are served once and begin anew with every cell."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.storage.places import furnish
from tests.simulation.orders.grid.cells import Cell
from tests.simulation.orders.grid.profiles import EVERY, Profile
from tests.simulation.orders.grid.scene import Scene
from tests.simulation.orders.grid.story import plays
from tests.simulation.orders.grid.strikes import strikes
from tests.venues.generated import world
from tests.venues.loopback import Venues, venues_on_loopback

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What one cell came to. `unseen` are its strikes that did not happen."""

    cell: Cell
    strikes: int
    unseen: tuple[str, ...]
    broken: tuple[str, ...]
    log: tuple[str, ...] = field(default=(), repr=False)


@dataclass(eq=False)
class Rig:
    venues: Venues
    folder: Path

    def begins(self) -> None:
        """A world in which nothing has happened yet."""
        made = world(("BTC", "ETH"), days=0.05)
        self.venues.world = made
        for venue in self.venues:
            venue.world = made
            venue.faults.clear()
            venue.books.clear()
            venue.journal.entries.clear()
        made.trade("BTC", 50_000.0, 1.0)
        made.trade("ETH", 2_500.0, 1.0)

    async def plays(self, cell: Cell, most: int | None = None) -> Result:
        """Each of its strikes in a life of its own, or the first few."""
        unseen, broken, log = [], [], []
        wanted = strikes(cell)[:most]
        for strike in wanted:
            file = Path(shutil.copy(self.folder / "blank.db", self.folder / "cell.db"))
            scene = Scene(cell, strike, self, file)
            try:
                async with asyncio.timeout(LONGEST):
                    await plays(scene)
            except Exception as error:  # noqa: BLE001 - told as a violation
                scene.verdict.broken.append(f"cell {error!r}")
            if not scene.line.observed:
                unseen.append(strike.name)
            broken += [f"{strike.name}: {words}" for words in scene.verdict.broken]
            log += [f"-- {cell.name}: {strike.name}", *scene.line.log]
            _wipes(file)
        return Result(cell, len(wanted), tuple(unseen), tuple(broken), tuple(log))


def _wipes(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)


@asynccontextmanager
async def rig(folder: Path, profiles: tuple[Profile, ...] = EVERY) -> AsyncIterator[Rig]:
    dialects = tuple({profile.venue: profile.dialect for profile in profiles}.values())
    await furnish(f"sqlite:///{folder / 'blank.db'}")
    async with venues_on_loopback(world(("BTC", "ETH"), days=0.05), dialects) as venues:
        yield Rig(venues, folder)


def play(cells: list[Cell], folder: Path) -> list[Result]:
    async def all_of_them() -> list[Result]:
        async with rig(folder) as made:
            return [await made.plays(cell) for cell in cells]

    return asyncio.run(all_of_them())
