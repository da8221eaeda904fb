"""Stand-ins for language models and for those who pay them, for tests that need no database."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import TypeVar

from core.domain.model import (
    Call,
    CallStatus,
    Exchange,
    Failure,
    Model,
    Price,
    Prompt,
    PromptKind,
    Repair,
    Reply,
    Said,
    Unsaid,
    Usage,
)
from core.spending.caps import Caps, Wish
from core.spending.ladder import Budget, Spent, spent_by
from core.spending.settling import abandoned
from core.voices.breaker import Health
from core.voices.consult import Desk
from core.voices.ports import Endless, Work
from tests.builders import NOON, SYMBOL
from tests.fakes import FakeClock

T = TypeVar("T")

PRICE = Price(
    input=Decimal(1), output=Decimal(5), cached=Decimal("0.05"), cache_write=Decimal("1.25")
)
MODEL = Model(provider="openai", name="gpt-6.1-terra", price=PRICE)
PROMPT = Prompt(
    kind=PromptKind.MARKET,
    version="1",
    schema_version="1",
    system="You forecast.",
    user="SYM_A | 1 | 2",
    schema={"type": "object"},
    input="0123456789abcdef",
)
USAGE = Usage(input=8_000, output=4_000, reasoning=3_000)
SAID = Said(text="fine", usage=USAGE, model="gpt-6.1-terra-2026-10-26")
CAPS = Caps(month=Decimal(30), day=Decimal(2))


def call(**changes: object) -> Call:
    usual = Call(
        id="c1",
        at=NOON,
        as_of=NOON,
        symbols=(SYMBOL,),
        kind=PromptKind.MARKET,
        provider="openai",
        model="gpt-6.1-terra",
        reserved=Decimal("0.05"),
    )
    return replace(usual, **changes)


class FakeAllowance:
    """The caps that the test sets."""

    def __init__(self, caps: Caps = CAPS) -> None:
        self.caps = caps

    async def __call__(self) -> Caps:
        return self.caps


@dataclass
class MemoryPurse:
    """Forgets what was spent when the test ends; `settlements` counts how often each call was."""

    allowance: FakeAllowance = field(default_factory=FakeAllowance)
    made: dict[str, Call] = field(default_factory=dict)
    settlements: dict[str, int] = field(default_factory=dict)

    async def reserve(self, call: Call) -> Failure | None:
        caps = await self.allowance()
        if not Budget(await self.spent(call.at), caps).admits(call.reserved, call.kind):
            return Failure.BUDGET
        self.made[call.id] = call
        return None

    async def settle(self, call: Call) -> None:
        known = self.made.get(call.id)
        if known and known.status is CallStatus.RESERVED:
            self.made[call.id] = call
            self.settlements[call.id] = self.settlements.get(call.id, 0) + 1

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        inside = (call for call in self.made.values() if start <= call.at < end)
        return tuple(sorted(inside, key=lambda call: (call.at, call.id)))

    async def spent(self, now: datetime) -> Spent:
        return spent_by(self.made.values(), now)

    async def clear(self, now: datetime) -> int:
        left = [call for call in self.made.values() if call.status is CallStatus.RESERVED]
        for one in left:
            await self.settle(replace(abandoned(one), settled_at=now))
        return len(left)


@dataclass
class MemoryMinutes:
    """Forgets what was said when the test ends."""

    kept: list[Exchange] = field(default_factory=list)

    async def keep(self, exchange: Exchange) -> None:
        self.kept.append(exchange)

    async def find(self, key: str) -> Exchange | None:
        return next((one for one in self.kept if one.key == key), None)


@dataclass
class ScriptedOracle:
    """Answers one after the other what it was told, then the last again; remembers what it was asked.

    A function in the script is awaited instead.
    """

    script: Sequence[Reply | Callable[[], object]] = (SAID,)
    asked: list[tuple[Prompt, Repair | None]] = field(default_factory=list)

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        self.asked.append((prompt, repair))
        answer = self.script[min(len(self.asked), len(self.script)) - 1]
        return answer if isinstance(answer, Said | Unsaid) else await answer()


@dataclass
class FakeTell:
    """Remembers what people were told."""

    offs: list[tuple[str, Failure]] = field(default_factory=list)
    bitten: list[Budget] = field(default_factory=list)

    async def off(self, provider: str, failure: Failure) -> None:
        self.offs.append((provider, failure))

    async def bites(self, budget: Budget, at: datetime) -> None:
        self.bitten.append(budget)


@dataclass
class FakeWishes:
    """What the owner said in this test."""

    wish: Wish = field(default_factory=Wish)

    async def read(self) -> Wish:
        return self.wish

    async def write(self, wish: Wish) -> None:
        self.wish = wish


@dataclass
class ShortPatience:
    """Waits a moment and not longer; what goes on after that is in `left`, for the test to await."""

    seconds: float = 0.01
    left: list[asyncio.Task[object]] = field(default_factory=list)

    async def __call__(self, most: timedelta, work: Work[T]) -> T | None:
        awaited = [True]
        task = asyncio.ensure_future(work(lambda: awaited[0]))
        done, _ = await asyncio.wait({task}, timeout=self.seconds)
        if done:
            return task.result()
        awaited[0] = False
        self.left.append(task)
        return None


def desk(**changes: object) -> Desk:
    """Everything that those who ask models share, in memory."""
    numbers = count(1)
    usual = Desk(
        purse=MemoryPurse(),
        minutes=MemoryMinutes(),
        health=Health(),
        tell=FakeTell(),
        clock=FakeClock(),
        patience=Endless(),
        new_id=lambda: f"c{next(numbers)}",
    )
    return replace(usual, **changes)
