"""Reads a long stretch of a venue's past in pieces that the venue gives whole."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.broker.ports import Span

T = TypeVar("T")
GRAIN = timedelta(milliseconds=1)


async def whole(
    ask: Callable[[Span], Awaitable[Sequence[T]]], span: Span, *, reach: timedelta, most: int
) -> list[T]:
    """A venue shows `most` rows of at most `reach`. Whether a full page holds the oldest or the
    newest is not asked: its stretch is halved, down to a millisecond, until no page is full.
    """
    found: list[T] = []
    for piece in pieces(span, reach):
        found += await _halved(ask, piece, most)
    return found


def pieces(span: Span, reach: timedelta) -> Iterator[Span]:
    """From one full millisecond to another, for venues know no less."""
    start = span.start.replace(microsecond=span.start.microsecond // 1_000 * 1_000)
    while span.end - start > reach:
        yield Span(start, start + reach)
        start = start + reach + GRAIN
    yield Span(start, span.end)


async def _halved(ask: Callable[[Span], Awaitable[Sequence[T]]], span: Span, most: int) -> list[T]:
    found = [*await ask(span)]
    if len(found) < most or span.end - span.start < GRAIN:
        return found
    middle = span.start + (span.end - span.start) // GRAIN // 2 * GRAIN
    first = await _halved(ask, Span(span.start, middle), most)
    return first + await _halved(ask, Span(middle + GRAIN, span.end), most)
