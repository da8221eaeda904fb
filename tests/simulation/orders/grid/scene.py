"""One cell: a desk does one thing, one accident strikes at one moment, and then the weather calms."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.broker.opening import open_broker
from bot.storage.database import Database
from bot.storage.diary import SqlDiary
from bot.storage.history import read_live_trades
from bot.storage.lease import Lease
from core.domain.account import DeskAccount, Mode
from core.domain.proposal import Proposal
from core.domain.secret import Credential, Secret
from core.domain.trade import Exit, Kind, Trade
from core.errors import LeaseLost, LedgerUnavailable
from tests.builders import ACCOUNT
from tests.simulation.orders.grid.cells import Cell
from tests.simulation.orders.grid.judging import Guarded
from tests.simulation.orders.grid.life import Life, Mortal, born
from tests.simulation.orders.grid.line import Line
from tests.simulation.orders.grid.outside import CONTRACTS, GridClock, Reader, Street
from tests.simulation.orders.grid.profiles import BY_NAME
from tests.simulation.orders.grid.seen import Fair, Looked, Perpetual, Spot, Unheard
from tests.simulation.orders.grid.strikes import Strike
from tests.simulation.orders.observer import Watch
from tests.simulation.orders.street import BTC, VENUE
from tests.simulation.orders.world import Verdict
from tests.venues.faults import Reach
from tests.venues.trading.accidents import Mishap

WALL = 0.02
BEAT, HAUNTS = 2, 3


class Scene:
    """Also what the laws of the simulation call a world."""

    mode = Mode.LIVE

    def __init__(self, cell: Cell, strike: Strike, rig: Any, file: Path) -> None:
        self.cell, self.strike, self.file = cell, strike, file
        self.profile = BY_NAME[cell.profile]
        self.venues, self.venue = rig.venues, rig.venues[self.profile.venue]
        rig.begins()
        self.held_floor = self.profile.opens(self.venue)
        self.ledger = self.held_floor.ledger
        self.opening = Decimal(100_000_000 if self.is_spot else 10_000)
        self.clock = GridClock(self.venues.world)
        self.line = Line(cell, strike, self.venues, self.venue, self.held_floor)
        self.line.scene = self
        self.market = Street(
            self.profile.symbol,
            lambda: self.ledger.quote(self.profile.held),
            self.clock,
            CONTRACTS,
        )
        self.words, self.place, self.client = "", "here", None
        self.ended = self.replaced = self.thinned = False
        self.spare: list[Any] = []
        self.ghost: Life | None = None
        self.rounds: asyncio.Task | None = None
        self.card: Proposal | None = None
        self.lives = self.haunted = 0
        self._look()

    def _look(self) -> None:
        """What the observer needs."""
        self.disk = Reader(self.file)
        self.verdict = Verdict(0)
        self.weather, self.fair = Unheard(), Fair(self.now)
        kind = Spot if self.is_spot else Perpetual
        self.floor = Looked(kind(self.ledger, self.profile.held))
        self.panic_since = None
        self.watch = (Guarded if self.is_spot else Watch)(self)

    @property
    def is_spot(self) -> bool:
        return self.profile.leverage == 1

    # -- what observers ask

    def now(self) -> float:
        return self.clock.seconds()

    def say(self, words: str) -> None:
        self.line.say(words)

    def breaks(self, law: str, how: str) -> None:
        self.verdict.broken.append(f"{law} {how}")
        self.say(f"******** {law} {how}")

    def live_trades(self) -> tuple[Trade, ...]:
        return self.disk.read(read_live_trades, ACCOUNT, Kind.REAL)

    def unseen(self, trade: Trade) -> bool:
        """Was a part of it booked without a fill of the venue's, as the desk may?"""
        return self.strike.name in {"close", "flip", "delisting"} and trade.exit is Exit.VENUE

    # -- what deeds ask

    @property
    def seen(self) -> bool:
        return self.line.seen

    @seen.setter
    def seen(self, happened: bool) -> None:
        self.line.seen = happened

    @property
    def wanted(self) -> dict[str, Any]:
        return self.line.wanted

    @property
    def amount(self) -> Decimal:
        return self.card.plan.amount if self.card else abs(self.floor.ledger.position())

    def step(self, amount: Decimal) -> Decimal:
        return CONTRACTS[self.profile.symbol].round_amount(amount)

    def held(self) -> Decimal:
        return self.floor.ledger.position()

    def trade_now(self) -> Trade:
        """As it was last written."""
        return self.live_trades()[0]

    def price(self, price: Decimal) -> None:
        dollars = float(price) / (self.venues.world.won if self.is_spot else 1)
        self.venues.world.trade("BTC", round(dollars, 1), 1.0)

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        self.floor.by_hand.add(VENUE[BTC])
        try:
            yield
        finally:
            self.floor_looks()
            self.floor.by_hand.clear()

    def cut_off(self, kind: Reach) -> None:
        self.line.cut_off(kind, self.client)

    def wakes(self, kind: Mishap) -> None:
        self.line.wakes(kind)

    # -- processes

    def point(self, operation: Any, phase: Any) -> None:
        self.line.point(operation, phase)

    def wound(self) -> str:
        """What the database's driver says just now."""
        if self.words:
            self.seen = True
        return self.words

    async def fenced(self, database: Database) -> Lease:
        self.lives += 1
        lease = Lease(database, ACCOUNT, f"{self.place}:{self.lives}", seconds=lambda: 0.0)
        await lease.acquire()
        return lease

    @property
    def credential(self) -> Credential:
        keys = self.held_floor.keys
        fields = {"key": keys.key, "secret": keys.secret}
        if self.profile.passphrase:
            fields["passphrase"] = keys.passphrase
        hidden = {name: Secret(text) for name, text in fields.items()}
        return Credential(ACCOUNT, self.profile.venue, hidden)

    async def _opens(self, database: Database, mortal: Mortal) -> Any:
        account = DeskAccount(ACCOUNT, self.profile.venue, self.mode)
        return await open_broker(
            account,
            self.credential,
            self.clock,
            self.market,
            SqlDiary(database),
            lambda client: self.line.wire(client, mortal),
        )

    async def starts(self) -> None:
        self.life = await born(f"sqlite:///{self.file}", self._opens, self, self._failed)
        self.say(f"process {self.lives} starts")

    def _failed(self, what: str, error: Exception) -> None:
        self.say(f"{what} failed: {error!r}")
        harmless = (LedgerUnavailable, LeaseLost) if self.words or self.replaced else ()
        if not isinstance(error, harmless):
            self.breaks("I12", f"{what}: {error!r}")

    async def _buries(self) -> None:
        """Who has been killed, or was asked to go, or was replaced, is followed by another one."""
        if self.replaced and not self.haunted and self.ghost is None:
            self.ghost = self.life
            await self.starts()
        elif self.life.mortal.dead or self.ended:
            self.ended = False
            await self.life.ends()
            await self.starts()
            self.fair.goes_on()

    # -- time

    async def ticks(self, seconds: float) -> None:
        self.venues.world.clock.now += int(seconds * 1000)
        await self.held_floor.turn()
        self.floor_looks()
        self.line.rings()

    def floor_looks(self) -> None:
        for watcher in self.floor.watchers:
            watcher()

    async def lets(self, task: asyncio.Task) -> None:
        """Wait for it; while a request of it hangs, time passes, and the loop goes round."""
        while not task.done():
            before = self.line.asked
            await asyncio.wait({task}, timeout=WALL)
            if not task.done() and self.line.hangs and self.line.asked == before:
                await self.ticks(1)
                self._goes_round()

    def _goes_round(self) -> asyncio.Task:
        if self.rounds is None or self.rounds.done():
            self.rounds = self.life.mortal.spawn(self.life.round())
        return self.rounds

    async def beats(self) -> None:
        if self.life.mortal.dead:
            self.fair.stops()
        await self.ticks(BEAT)
        await self._buries()
        if self.ghost:
            await self._haunts(self.ghost)
        await self.lets(self._goes_round())
        self.floor_looks()

    async def _haunts(self, ghost: Life) -> None:
        """Whoever was replaced goes round for a while, and may do nothing any more."""
        await self.lets(asyncio.ensure_future(ghost.round()))
        self.haunted += 1
        if self.haunted >= HAUNTS:
            await ghost.ends()
            self.ghost = None
