"""Desks with one thing missing: the simulation must find each of them out."""

from dataclasses import replace
from datetime import timedelta

from bot.live.book import Book
from core.domain.quality import FLAWLESS
from core.indicators import LONGEST
from tests.simulation.market import START, Run


def nobody_watches_silence(run: Run) -> None:
    """The stream is believed to live as long as its connection stands."""
    lines = run.own.lines

    def patient(symbols, timeframes):
        every = lines(symbols, timeframes)
        for line in every:
            line.patience = timedelta(hours=9)
        return every

    run.own.lines = patient


def every_word_is_final(run: Run) -> None:
    """Whatever the stream said last about a candle is taken for the whole of it."""
    heard = run.own.feed.hear_candle

    def believing(symbol, timeframe, opened, told, *, final):
        heard(symbol, timeframe, opened, told, final=True)

    run.own.feed.hear_candle = believing


def holes_are_not_seen(run: Run) -> None:
    """Nobody asks the archive for what the stream left out."""

    class Blind(Book):
        def holes(self, now):
            return () if self._size > LONGEST else super().holes(now)

        def suspects(self, now):
            return 0

    for frame, window in run.own.feed.windows.items():
        for symbol in run.settings.symbols:
            run.own.feed.books[symbol, frame] = Blind(frame, window)


def grades_are_not_read(run: Run) -> None:
    """Every snapshot is taken for flawless."""
    snapshots = run.market.snapshots

    async def flawless(symbols, timeframe):
        seen = await snapshots(symbols, timeframe)
        for snapshot in seen:
            object.__setattr__(snapshot, "quality", FLAWLESS)
        return seen

    run.market.snapshots = flawless


def every_tick_decides(run: Run) -> None:
    """The scheduler does not know that the stream has woken the desk already."""
    remembering = run.closing.tick

    async def tick():
        run.closing.done = START
        await remembering()

    run.closing.tick = tick


def the_second_venue_is_as_good(run: Run) -> None:
    """While another venue stands in, the desk enters as ever."""

    placed = run.market._placed

    def careless(around, feed, symbol):
        return replace(placed(around, feed, symbol), elsewhere=False)

    run.market._placed = careless


BROKEN = {
    "detected": nobody_watches_silence,
    "whole": every_word_is_final,
    "whole, in its holes": holes_are_not_seen,
    "fresh": grades_are_not_read,
    "once": every_tick_decides,
    "fresh, elsewhere": the_second_venue_is_as_good,
}
