"""What a committee costs in time: 50 symbols, five models that answer at once, and the rules.

From FormDecisions called to its decisions on file, on a SQLite ledger; models' answers are well-formed
and of realistic length, and come in no time. `adds` is how much longer a round takes with models than
the same round takes with the rules alone, `blocked` the longest that the event loop stood still. The
second row keeps no books of what is spent and said, the third does: money is set aside in the round, and
what it came to and what was said is written a moment after it, in `books`. `cpu` is what the process has
used: on a machine that others share too, it says more than the clock.
"""

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from bot import collector
from bot.books import Books
from bot.storage.calls import SqlPurse
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.storage.minutes import SqlMinutes
from core.committee.alone import ALONE
from core.committee.merging import Rules
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Origin, Timeframe
from core.domain.model import Prompt, Repair, Said
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.engine import FormDecisions
from core.prompt import indicators, market
from core.rules.analyst import rule_analysts
from core.spending.caps import Caps
from core.voices.analyst import ModelAnalyst
from core.voices.consult import Consult, Desk
from core.voices.sheets import Sheets
from tests.builders import NOON, instrument
from tests.fakes import frame
from tests.model_fakes import MODEL, USAGE, FakeAllowance
from tests.model_fakes import desk as desk_in_memory

SYMBOLS, VOICES, ROUNDS, ROWS = 50, 5, 120, 400
WARM = 5
FRAMES = (Timeframe.H1, Timeframe.H4, Timeframe.D1)
MUCH = FakeAllowance(Caps(month=Decimal(10**9), day=Decimal(10**9)))
RATIONALE = (
    "The four-hour trend still rises above both averages, but momentum has faded for a day and funding"
    " is dear, so the long side earns a point or two over its chance and the short side loses as much."
)


async def run():
    return await measured(SYMBOLS, VOICES, ROUNDS)


async def measured(symbols: int, voices: int, rounds: int):
    with TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{Path(folder) / 'desk.db'}")
        await migrate(database)
        in_memory = desk_in_memory(purse=Nothing(), minutes=Nothing())
        books = Books(database, SqlPurse(database, MUCH), SqlMinutes(database))
        on_file = desk_in_memory(purse=books, minutes=books)
        writes = asyncio.ensure_future(books.run())
        sets = {
            "rules": ALONE,
            "models without books": Seated(team(in_memory, voices)),
            "models with books": Seated(team(on_file, voices)),
        }
        timed = {case: Timed() for case in sets}
        ledger, numbers = SqlLedger(database), count()
        for number in range(WARM + rounds):
            if number == WARM:
                gc.collect()
                collector.settle()
            for case, duty in sets.items():
                street = Street(market_at(number, symbols))
                forms = FormDecisions(
                    market=street,
                    analysts=rule_analysts(),
                    ledger=ledger,
                    rules=Rules(),
                    slippage=Decimal("0.0002"),
                    new_id=lambda: f"d{next(numbers)}",
                    models=duty,
                )
                await timed[case].round(forms, street.symbols)
                await timed[case].after(books)
        writes.cancel()
        await asyncio.wait({writes})
        await database.close()
    return [row(symbols, case, found, timed["rules"]) for case, found in timed.items()]


def row(symbols: int, case: str, found: "Timed", alone: "Timed"):
    adds = difference(found.took, alone.took)
    told = {"benchmark": "committee", "case": f"{symbols} symbols, {case}"}
    told |= {"rounds": len(adds), **spread("whole", found.took[WARM:])}
    told |= {"cpu_p50_ms": spread("cpu", found.cpu[WARM:])["cpu_p50_ms"]}
    if found is not alone:
        told |= spread("adds", adds) | spread("adds_cpu", difference(found.cpu, alone.cpu))
    if case.endswith("with books"):
        told |= spread("books", found.books[WARM:]) | spread("books_cpu", found.books_cpu[WARM:])
    return told | {"blocked_ms": max(found.blocked[WARM:]) * 1e3}


def difference(seconds: Sequence[float], less: Sequence[float]) -> list[float]:
    return [a - b for a, b in zip(seconds[WARM:], less[WARM:], strict=True)]


def spread(name: str, seconds: Sequence[float]):
    cuts = quantiles(seconds, n=100)
    return {f"{name}_p50_ms": cuts[49] * 1e3, f"{name}_p99_ms": cuts[98] * 1e3}


@dataclass
class Timed:
    """How long each round took, and how long the loop stood still in it at most."""

    took: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    blocked: list[float] = field(default_factory=list)
    books: list[float] = field(default_factory=list)
    books_cpu: list[float] = field(default_factory=list)

    async def round(self, forms: FormDecisions, symbols: Sequence[str]) -> None:
        async with heartbeat() as gaps:
            began, used = perf_counter(), process_time()
            made = await forms(symbols, FRAMES[0])
            self.took.append(perf_counter() - began)
            self.cpu.append(process_time() - used)
        assert len(made) == len(symbols)
        self.blocked.append(max(gaps, default=0.0))

    async def after(self, books: Books) -> None:
        """What the process would do a moment later: before the next round, so that it hides in none."""
        began, used = perf_counter(), process_time()
        await books.write()
        self.books.append(perf_counter() - began)
        self.books_cpu.append(process_time() - used)


@asynccontextmanager
async def heartbeat() -> AsyncIterator[list[float]]:
    gaps: list[float] = []

    async def beats() -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(perf_counter() - before - 0.001)

    heart = asyncio.ensure_future(beats())
    await asyncio.sleep(0)
    try:
        yield gaps
        await asyncio.sleep(0.002)
    finally:
        heart.cancel()


@dataclass(frozen=True)
class Street:
    """One close, as a market shows it."""

    seen: tuple[MarketSnapshot, ...]

    @property
    def symbols(self) -> list[str]:
        return [snapshot.symbol for snapshot in self.seen]

    async def snapshots(self, symbols, timeframe):
        return self.seen


@cache
def walks(timeframe: Timeframe, symbols: int) -> tuple[CandleFrame, ...]:
    dice = np.random.default_rng(timeframe.milliseconds)
    rows = ROWS + WARM + ROUNDS
    end = NOON + timeframe.duration * (WARM + ROUNDS)
    steps = dice.normal(0, 0.004, (symbols, rows)).cumsum(axis=1)
    return tuple(frame(2_000 * np.exp(one), timeframe, end, reach=4) for one in steps)


def market_at(number: int, symbols: int) -> tuple[MarketSnapshot, ...]:
    """Every symbol's last candles as of one close more than the round before."""
    now = NOON + FRAMES[0].duration * number
    return tuple(_snapshot(place, symbols, now) for place in range(symbols))


def _snapshot(place: int, symbols: int, now: datetime) -> MarketSnapshot:
    shown = []
    for timeframe in FRAMES:
        whole = walks(timeframe, symbols)[place]
        closed = whole.closed_by(now)
        shown.append(whole.rows(max(closed - ROWS, 0), closed))
    deciding, *longer = shown
    return MarketSnapshot(
        instrument=instrument(symbol=f"C{place}/USDT:USDT"),
        as_of=now,
        frame=deciding,
        origin=Origin.SYNTHETIC,
        longer={one.timeframe: one for one in longer},
        derivatives=Derivatives(time=now - timedelta(minutes=1), long_short=1.3),
    )


@dataclass(frozen=True)
class Seated:
    """Everybody is on duty at every close."""

    team: tuple[ModelAnalyst, ...]
    main: str = "voice0"

    async def on_duty(self, snapshots, questions, *, wanted):
        return self.team


def team(desk: Desk, voices: int) -> tuple[ModelAnalyst, ...]:
    writes, sheets = (market, indicators), Sheets()
    return tuple(
        ModelAnalyst(
            name=f"voice{n}",
            consult=Consult(MODEL, Instant(), desk),
            write=writes[n % 2],
            language=Language.KO,
            sheets=sheets,
        )
        for n in range(voices)
    )


class Instant:
    """`core.ports.Oracle` that has always known."""

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Said:
        enum = prompt.schema["properties"]["opinions"]["items"]["properties"]["symbol"]["enum"]
        return Said(text=answer(tuple(enum)), usage=USAGE, model=MODEL.name)


@cache
def answer(names: tuple[str, ...]) -> str:
    said = [
        {
            "symbol": name,
            "abstain": False,
            "abstain_reason": None,
            "p_up": 0.53,
            "p_long_target_first": 0.39,
            "p_short_target_first": 0.33,
            "invalidation": {"kind": "price_below", "level": -120},
            "evidence": ["ema_gap_mid", "ema_fast_gap", "adx", "ret_24"],
            "counter_evidence": ["macd_histogram", "long_short"],
            "doubts": [],
            "rationale": RATIONALE,
        }
        for name in names
    ]
    return json.dumps({"schema_version": "1", "opinions": said})


class Nothing:
    """A purse that nobody counts, and minutes that nobody keeps."""

    async def reserve(self, call):
        return None

    async def settle(self, call) -> None:
        return

    async def keep(self, exchange) -> None:
        return

    async def find(self, key):
        return None
