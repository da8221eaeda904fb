"""Fill a hole page by page, whatever a venue answers: every step leads forward, and it ends."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.market.holes import Hole
from core.domain.market import Millis


class Page(Protocol):
    """Candles or funding rates, oldest first."""

    @property
    def time(self) -> Millis: ...


MANY = 100
P = TypeVar("P", bound=Page)
Ask = Callable[[int], Awaitable[P]]


@dataclass(frozen=True, slots=True)
class Pace:
    """After a row the next comes `step` ms later at the earliest; a full page reaches `reach` ms."""

    step: int
    reach: int


async def pages(
    ask: Ask[P], hole: Hole, pace: Pace, *, has_begun: bool = False
) -> AsyncGenerator[P]:
    """`ask` answers the rows of the hole that it gets from a moment on.

    A venue may answer "nothing" for each page before a symbol was listed, or the same old page for
    ever: then longer and longer strides look for where its record begins. Once it has begun, there
    may be an island of rows in a long silence: then strides grow long after many pages only.
    """
    start, empty, silent = hole.start, None, 0
    while start < hole.end:
        page = await ask(start)
        if not len(page.time):
            grown = max(silent - MANY, 0) if has_begun else silent
            empty, start = start, _onward(start, pace.reach << grown, hole, pace)
            silent += 1
            continue
        if empty is not None:
            page = await _earliest(ask, empty, page, pace)
        yield page
        start, empty, silent = int(page.time[-1]) + pace.step, None, 0
        has_begun = True


def _onward(start: int, stride: int, hole: Hole, pace: Pace) -> int:
    """The last page of a hole is looked at, however long the stride has become."""
    last = hole.end - pace.reach
    return min(start + stride, last) if start < last else hole.end


async def _earliest(ask: Ask[P], empty: int, found: P, pace: Pace) -> P:
    """Halve the way between a moment with nothing after it and the first page found."""
    while int(found.time[0]) - empty > pace.reach:
        middle = empty + (int(found.time[0]) - empty) // 2 // pace.step * pace.step
        page = await ask(middle)
        if not len(page.time):
            empty = middle
        elif page.time[0] < found.time[0]:
            found = page
        else:
            break
    return found
