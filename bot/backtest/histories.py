"""What a backtest knows of each symbol: the very columns that a desk over the same files lives on."""

from collections.abc import Iterable

from bot.errors import NoSuchMarket
from bot.market.instruments import instrument
from bot.market.recording import Recording
from bot.market.shelf import Shelf
from core.backtest.history import NO_FUNDING, Funding, SymbolHistory
from core.domain.market import CandleFrame, Timeframe


def histories(
    recording: Recording, symbols: Iterable[str], timeframe: Timeframe
) -> dict[str, SymbolHistory]:
    """Whole records, warm-up and all; arrays are shared, not copied.

    Raises NoSuchMarket for a symbol that is not recorded, or in longer candles only.
    """
    candles, marks = Shelf(recording.candles), Shelf(recording.marks)
    return {
        symbol: _history(recording, symbol, timeframe, candles, marks)
        for symbol in dict.fromkeys(symbols)
    }


def _history(
    recording: Recording, symbol: str, timeframe: Timeframe, candles: Shelf, marks: Shelf
) -> SymbolHistory:
    frame = candles.frame(symbol, timeframe)
    if frame is None:
        raise NoSuchMarket(f"the files hold no candles of {symbol} fine enough for {timeframe}")
    tape = candles.longest(symbol)
    return SymbolHistory(
        instrument=instrument(symbol, tape),
        frame=frame,
        tape=_lived(symbol, tape, timeframe),
        mark=marks.frame(symbol, tape.timeframe),
        funding=_funding(recording, symbol),
    )


def _lived(symbol: str, tape: CandleFrame, timeframe: Timeframe) -> CandleFrame:
    """A desk on candles shorter than those its orders live through would know too much."""
    if tape.timeframe.milliseconds > timeframe.milliseconds:
        raise NoSuchMarket(
            f"most of the record of {symbol} is in {tape.timeframe} candles, too long for "
            f"{timeframe}: choose a longer timeframe, or the finer files alone"
        )
    return tape


def _funding(recording: Recording, symbol: str) -> Funding:
    known = recording.funding.get(symbol)
    return Funding(known.time, known.rate) if known else NO_FUNDING
