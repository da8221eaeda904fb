"""Markets that never were: whoever still earns on them knew more than the prices.

A desk that reads prices should do as well on a mirrored market under another name, and must do
worse on a shuffled one; a model that remembers the real one gives itself away. All transforms
include the warm-up, and a tape that is the frame itself stays so.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from core.backtest.history import Funding, SymbolHistory
from core.domain.market import CandleFrame, Floats, Millis


def aliased(history: SymbolHistory, number: int) -> SymbolHistory:
    """The same market under the name COIN<number>, in the same quote currency."""
    _, slash, quote = history.symbol.partition("/")
    instrument = replace(history.instrument, symbol=f"COIN{number}{slash}{quote}")
    return replace(history, instrument=instrument)


def flipped(history: SymbolHistory) -> SymbolHistory:
    """Every log return with its sign turned: what rose falls, highs are lows, longs are shorts.

    A price p becomes lowest * highest / p, so that the mirrored market lives in the same range,
    and twice mirrored is the original, but for rounding to ticks. Volumes (base units) stay;
    funding rates change their sign, since the crowd stands on the other side.
    """
    pivot = float(history.frame.low.min()) * float(history.frame.high.max())
    tick = history.instrument.tick_size
    frame = _flip(history.frame, pivot, tick)
    return replace(
        history,
        frame=frame,
        tape=frame if history.tape is history.frame else _flip(history.tape, pivot, tick),
        mark=None if history.mark is None else _flip(history.mark, pivot, tick),
        funding=Funding(history.funding.time, -history.funding.rate),
    )


def shuffled(history: SymbolHistory, seed: int, block: int) -> SymbolHistory:
    """The same candles in another order, `block` after `block`; times and funding stay.

    A candle keeps its shape relative to its open, its volume, its step from the close before and
    its mark prices relative to the last ones; marks without a candle are dropped. Raises
    ValueError for a finer tape, whose candles could not follow, and for a block below 1.
    """
    frame = history.frame
    if history.tape is not frame:
        raise ValueError("a finer tape cannot be shuffled along")
    if block < 1:
        raise ValueError(f"a block holds at least one candle, not {block}")
    order, tick = _in_blocks(len(frame), seed, block), history.instrument.tick_size
    opens, closes = _chained(frame, order)
    scale = opens / frame.open[order]
    scene = CandleFrame(
        frame.timeframe,
        frame.time,
        on_tick(opens, tick),
        on_tick(np.maximum(frame.high[order] * scale, np.maximum(opens, closes)), tick),
        on_tick(np.minimum(frame.low[order] * scale, np.minimum(opens, closes)), tick),
        on_tick(closes, tick),
        frame.volume[order],
    )
    mark = None if history.mark is None else _moved(history.mark, frame.time, order, scale, tick)
    return replace(history, frame=scene, tape=scene, mark=mark)


def on_tick(prices: Floats, tick: Decimal) -> Floats:
    """The nearest ticks, one at least, as floats that read back as the venue's exact decimals."""
    exponent = tick.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    ticks = np.maximum(np.rint(prices / float(tick)), 1)
    return np.asarray(np.round(ticks * float(tick), places))


def _flip(frame: CandleFrame, pivot: float, tick: Decimal) -> CandleFrame:
    return CandleFrame(
        frame.timeframe,
        frame.time,
        on_tick(pivot / frame.open, tick),
        on_tick(pivot / frame.low, tick),
        on_tick(pivot / frame.high, tick),
        on_tick(pivot / frame.close, tick),
        frame.volume,
    )


def _in_blocks(rows: int, seed: int, block: int) -> Millis:
    """Row numbers, shuffled by blocks; the last block may be shorter."""
    starts = np.random.default_rng(seed).permutation(np.arange(0, rows, block))
    within: Millis = (starts[:, None] + np.arange(block)).ravel()
    return within[within < rows]


def _chained(frame: CandleFrame, order: Millis) -> tuple[Floats, Floats]:
    """Opens and closes in the new order, from the first open on."""
    steps = np.concatenate(([1.0], frame.open[1:] / frame.close[:-1]))[order]
    steps[0] = 1.0
    closes = frame.open[0] * np.cumprod(steps * (frame.close / frame.open)[order])
    opens = np.concatenate((frame.open[:1], closes[:-1] * steps[1:]))
    return opens, closes


def _moved(
    mark: CandleFrame, times: Millis, order: Millis, scale: Floats, tick: Decimal
) -> CandleFrame:
    has = np.isin(times, mark.time)[order]
    rows, scale = np.searchsorted(mark.time, times[order][has]), scale[has]
    return CandleFrame(
        mark.timeframe,
        times[has],
        on_tick(mark.open[rows] * scale, tick),
        on_tick(mark.high[rows] * scale, tick),
        on_tick(mark.low[rows] * scale, tick),
        on_tick(mark.close[rows] * scale, tick),
        mark.volume[rows],
    )
