"""The bars that an account's books have not seen yet, in the order in which they closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.market import Bar, FundingStamp
from core.domain.paper import Book
from core.margin import FUNDING_GRACE
from core.ports import Tape


@dataclass(frozen=True, slots=True)
class Passage:
    """One bar to live through; `stamps` came due in the bar before it."""

    symbol: str
    bar: Bar
    stamps: tuple[FundingStamp, ...]


async def passages(tape: Tape, books: Sequence[Book], now: datetime) -> list[Passage]:
    found: list[Passage] = []
    for book in books:
        bars = await tape.bars(book.symbol, book.seen - FUNDING_GRACE, now)
        found.extend(_unseen(book, bars))
    return sorted(found, key=lambda passage: (passage.bar.close_time, passage.symbol))


def _unseen(book: Book, bars: Sequence[Bar]) -> Iterator[Passage]:
    stamps: tuple[FundingStamp, ...] = ()
    for bar in bars:
        if bar.close_time > book.seen:
            yield Passage(book.symbol, bar, stamps)
        stamps = bar.funding
