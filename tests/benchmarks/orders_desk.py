"""A real account of 50 symbols at the fake Binance, with its own ccxt, its guards and its autopilot.

Everything that deals for an account is as it is in a process; the market is in memory, and where a
model would speak somebody is certain of some symbols at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from time import monotonic, process_time
from typing import Any

import numpy as np

from bot.accounts.opening import OpenBroker
from bot.accounts.post import Abroad, Post, open_post
from bot.attempts import Attempt
from bot.broker.opening import open_broker
from bot.closing import Closing
from bot.engine import form_decisions
from bot.following import followed
from bot.guarding import Safety
from bot.jobs import AtClose, Job
from bot.looking import Look, Propose
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.recording import Recording
from bot.presence import Presence
from bot.storage.database import Database
from bot.storage.diary import SqlDiary
from bot.stores import Stores
from bot.world import World
from core.arms import RunArms
from core.autopilot import Autopilot
from core.domain.account import DeskAccount, Mode, Roster
from core.domain.market import CandleFrame, Origin, Timeframe, from_millis, to_millis
from core.domain.opinion import Opinion
from core.domain.people import Approval, Profile
from core.domain.secret import Credential, Secret
from core.domain.trading import Side
from core.guard.caps import Caps
from core.owner import opening_settings
from core.risk.profiles import LIMITS
from tests.benchmarks.market_apart import Crier, symbols
from tests.builders import instrument
from tests.fakes import FakeWon
from tests.model_fakes import MemoryPurse

HOURS = 1_500
AT_ONCE = 8
TICK = 0.001
MAIN = DeskAccount("binance-main", "binance", Mode.LIVE)
MANY = 10**6
LIMITLESS = replace(
    LIMITS[Profile.BALANCED],
    proposals_per_day=MANY,
    autopilot_entries=MANY,
    autopilot_risk=Decimal("0.0025"),
    cool_down=timedelta(0),
    cool_down_two_stops=timedelta(0),
    day_loss=Decimal("0.9"),
    week_loss=Decimal("0.9"),
    month_loss=Decimal("0.9"),
)
CAPS = Caps(per_minute=MANY, per_hour=MANY, round_trips=MANY, month_loss=Decimal("0.9"))


class Street(RecordedMarket):
    """A walk of an hour a step for each symbol; at the venue the chosen ones cost the same."""

    @classmethod
    def made(cls, clock: SteppedClock, count: int, closes: int) -> "Street":
        first = to_millis(clock.now()) - HOURS * Timeframe.H1.milliseconds
        times = first + Timeframe.H1.milliseconds * np.arange(HOURS + closes + 2)
        walks = {symbol: {Timeframe.H1: walk(times, n)} for n, symbol in enumerate(symbols(count))}
        street = cls(Recording(Origin.SYNTHETIC, walks), clock)
        street._instruments = {symbol: contract(symbol) for symbol in walks}
        return street

    def price(self, symbol: str) -> Decimal:
        return self._last(symbol, self._clock.now()).price


def walk(times: np.ndarray, seed: int) -> CandleFrame:
    dice = np.random.default_rng(seed)
    steps = dice.normal(0, 0.003, len(times))
    closes = 50 * np.exp(np.cumsum(steps - np.mean(steps)))
    opens = np.concatenate(([50.0], closes[:-1]))
    high, low = np.maximum(opens, closes) * 1.002, np.minimum(opens, closes) * 0.998
    prices = (np.round(column, 3) for column in (opens, high, low, closes))
    return CandleFrame(Timeframe.H1, times, *prices, np.full(len(times), 1e5))


def contract(symbol: str):
    steps = {"tick_size": Decimal(str(TICK)), "step_size": Decimal("0.1")}
    return instrument(symbol=symbol, min_notional=Decimal(5), **steps)


@dataclass
class Certain:
    """Sure of a rise in a few symbols, others at each close; the rest it gives no chance."""

    chosen: frozenset[str] = frozenset()
    name: str = "certain"

    async def views(self, snapshots: Sequence[Any], questions: Sequence[Any]) -> list[Opinion]:
        return [self._view(asked.symbol) for asked in questions]

    @property
    def main(self) -> str:
        """It is a quorum by itself."""
        return self.name

    async def on_duty(
        self, snapshots: object, questions: object, *, wanted: bool
    ) -> "tuple[Certain]":
        return (self,)

    def _view(self, symbol: str) -> Opinion:
        p_up, long = (0.97, 0.95) if symbol in self.chosen else (0.5, 0.3)
        odds = {Side.BUY: long, Side.SELL: 0.02}
        return Opinion(analyst=self.name, symbol=symbol, p_up=p_up, p_target_first=odds)


@dataclass
class Stopwatch:
    """When each part first began and ended since the close."""

    began: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self) -> None:
        for seen in (self.began, self.ended, self.cpu):
            seen.clear()
        self.heard.clear()
        self.mark("close")

    def mark(self, part: str) -> None:
        if part not in self.began:
            self.began[part], self.cpu[part] = monotonic(), process_time()

    def around(self, part: str, work: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def timed(*asked: Any, **more: Any) -> Any:
            self.mark(part)
            self.heard.set()
            try:
                return await work(*asked, **more)
            finally:
                self.ended.setdefault(part, monotonic())

        return timed

    def took(self, part: str) -> float:
        return self.ended[part] - self.began[part]


class Watched:
    """The open account; it says when an entry is handed to it."""

    def __init__(self, broker: OpenBroker, watch: Stopwatch) -> None:
        self._broker, self._watch = broker, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._broker, name)

    async def place(self, order: Any) -> Any:
        if not order.reduce_only:
            self._watch.mark("placing")
        return await self._broker.place(order)


class Gated:
    def __init__(self, gate: Any, watch: Stopwatch) -> None:
        self.admit = watch.around("gate", gate.admit)


@dataclass(frozen=True)
class Trading:
    """The desk at work: one account, its jobs at a close, and what is looked at."""

    clock: SteppedClock
    street: Street
    post: Post
    closing: Closing
    voice: Certain
    watch: Stopwatch
    stores: Stores

    async def flatten(self) -> None:
        """Out of everything, and ready for the next close."""
        await self.closing.resting.wait()
        await self.post.engine.panic_now()
        ledger = self.stores.ledger
        await ledger.commit(replace(await ledger.settings(MAIN.name), paused=False))


async def open_desk(
    venue: Crier, database: Database, count: int, closes: int, opened: AsyncExitStack
) -> Trading:
    clock = SteppedClock(from_millis(int(venue.told["now"])))
    street, watch, voice = Street.made(clock, count, closes), Stopwatch(), Certain()
    stores, roster = Stores.over(database), Roster((MAIN,))
    settings = opening_settings(tuple(symbols(count)), Timeframe.H1, of=MAIN)
    await stores.ledger.commit(
        replace(settings, approval=Approval.AUTOPILOT, limits=LIMITLESS, small_below=Decimal(0))
    )
    world = World(
        clock, street, stores, Decimal(10_000), FakeWon(), MemoryPurse(),
        account=MAIN, roster=roster, safety=Safety(caps=CAPS),
    )  # fmt: skip
    form = replace(form_decisions(world), models=voice)
    abroad = Abroad(partial(_open, venue, clock, database, watch), {MAIN.venue: _listing(street)})
    post = open_post(world, Presence(), form, abroad)
    opened.push_async_callback(post.aclose)
    object.__setattr__(post.venue.send, "gate", Gated(post.venue.send.gate, watch))
    await post.watch()
    jobs = _jobs(post, watch, clock)
    attempt = Attempt(MAIN.name, clock, stores.ledger)
    closing = Closing(clock, jobs, attempt, partial(followed, stores.ledger, (MAIN.name,)))
    return Trading(clock, street, post, closing, voice, watch, stores)


def _listing(street: Street):
    async def listed():
        return street._instruments

    return listed


async def _open(
    venue: Crier, clock: SteppedClock, database: Database, watch: Stopwatch, account, market
) -> Watched:
    def adjust(client: Any) -> None:
        venue.wire(client)
        client.milliseconds = lambda: to_millis(clock.now())

    keys = {name: Secret(venue.told[name]) for name in ("key", "secret")}
    credential = Credential(account.name, account.venue, keys)
    broker = await open_broker(account, credential, clock, market, SqlDiary(database), adjust)
    return Watched(broker, watch)


def _jobs(post: Post, watch: Stopwatch, clock: SteppedClock) -> tuple[Job, ...]:
    """The table's own for a close, in its order."""
    engine, ledger, name = post.engine, post.world.stores.ledger, post.name
    look = Look((name,), ledger, engine.form_decisions)
    approve = watch.around("approving", engine.approve_proposal)
    autopilot = Autopilot(name, clock, ledger, approve, engine.attendance)
    offer = watch.around("proposing", engine.propose_trades)
    propose = Propose(
        name, look, offer, autopilot, RunArms(name, clock, ledger, engine.propose_trades)
    )
    lives = {
        "watch": watch.around("watching", post.watch),
        "follow": post.reach.unless_away(engine.follow_prices),
        "mark": post.reach.unless_away(watch.around("marking", post.mark)),
    }
    own = (Job(job, AtClose(), run, account=name) for job, run in lives.items())
    form = Job("form", AtClose(), watch.around("forming", look.form), thinks=True)
    late = {"propose": propose, "shadows": engine.follow_shadows}
    last = (Job(job, AtClose(), run, thinks=True, account=name) for job, run in late.items())
    return (form, *own, *last)
