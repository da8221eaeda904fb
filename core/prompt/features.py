"""The numbers that a model may cite: indicators, returns and crowding, each with a fixed name.

The names say which frame a number is of (none: the deciding one, `mid` and `long`: the next longer
ones), not how long its candles are, so that the schema is the same for every timeframe.
"""

import math
from collections.abc import Iterator

import numpy as np

from core.domain.derivatives import Derivatives
from core.domain.market import Floats
from core.domain.snapshot import MarketSnapshot
from core.indicators import Abreast

BP = 10_000
FEW = 32  # candles that rolled indicators need
SPANS = (1, 6, 24, 72)
RANGE = 48
TEN = 9.95
TREND = ("ret_14", "rsi", "adx", "ema_gap", "atr")
CROWD = (
    "funding",
    "funding_next",
    "oi_day",
    "long_short",
    "basis",
    "liquidated_longs_share",
)
FEATURES: tuple[str, ...] = (
    *(f"ret_{span}" for span in SPANS),
    "rsi",
    "adx",
    "ema_fast_gap",
    "ema_slow_gap",
    "ema_spread_atr",
    "band_position",
    "macd_histogram",
    "stochastic",
    "volume_z",
    "volatility",
    "vwap_gap",
    "atr",
    "range_position",
    *(f"{name}_mid" for name in TREND),
    *(f"{name}_long" for name in TREND),
    *CROWD,
)


def deciding(frames: Abreast) -> Iterator[tuple[str, Floats]]:
    """What is told of frames that are decided on: a value for each, NaN where it is unknown."""
    yield from ((f"ret_{span}", _return(frames, span)) for span in SPANS)
    yield from _smoothed(frames)
    yield from _rolled(frames.latest(FEW))
    yield "range_position", _range_position(frames)


def trend(frames: Abreast) -> Iterator[tuple[str, Floats]]:
    """What longer frames are told in short."""
    yield "ret_14", _return(frames, 14)
    yield "rsi", frames.reading("rsi")
    yield "adx", frames.reading("adx")
    yield "ema_gap", _gap(frames.last, frames.reading("ema_fast"))
    yield "atr", _points(frames.reading("atr"), frames.last)


def short(value: float | None) -> float | None:
    """Two digits, and no fractions from ten on: more would be tokens without a meaning."""
    if value is None or not math.isfinite(value):
        return None
    return float(round(value) if abs(value) >= TEN else f"{value:.2g}") + 0.0


def crowd(snapshot: MarketSnapshot) -> dict[str, float | None]:
    """Who stands where, rounded."""
    return {name: short(value) for name, value in _crowd(snapshot).items()}


def _smoothed(frames: Abreast) -> Iterator[tuple[str, Floats]]:
    fast, slow, atr = (frames.reading(name) for name in ("ema_fast", "ema_slow", "atr"))
    yield "rsi", frames.reading("rsi")
    yield "adx", frames.reading("adx")
    yield "ema_fast_gap", _gap(frames.last, fast)
    yield "ema_slow_gap", _gap(frames.last, slow)
    yield "ema_spread_atr", (fast - slow) / atr
    yield "macd_histogram", _points(frames.reading("macd_histogram"), frames.last)
    yield "atr", _points(atr, frames.last)


def _rolled(frames: Abreast) -> Iterator[tuple[str, Floats]]:
    """Those that look no further back than so many candles."""
    middle, upper = frames.reading("middle"), frames.reading("upper")
    yield "band_position", (frames.last - middle) / (upper - middle)
    yield "stochastic", frames.reading("stochastic_k")
    yield "volume_z", frames.reading("volume_z")
    yield "volatility", frames.reading("volatility") * 100
    yield "vwap_gap", _gap(frames.last, frames.reading("vwap"))


def _return(frames: Abreast, span: int) -> Floats:
    if frames.candles <= span:
        return np.full(len(frames), np.nan)
    return _gap(frames.last, frames.close[:, -1 - span])


def _range_position(frames: Abreast) -> Floats:
    """0 at the lowest low of the last candles, 1 at their highest high."""
    if frames.candles < RANGE:
        return np.full(len(frames), np.nan)
    low, high = frames.low[:, -RANGE:].min(axis=1), frames.high[:, -RANGE:].max(axis=1)
    position: Floats = (frames.last - low) / (high - low)
    return position


def _gap(price: Floats, level: Floats) -> Floats:
    """How far the price lies above the level, in basis points of the level."""
    return (price / np.where(level > 0, level, np.nan) - 1) * BP


def _points(width: Floats, price: Floats) -> Floats:
    return width / price * BP


def _crowd(snapshot: MarketSnapshot) -> dict[str, float | None]:
    told = snapshot.derivatives or Derivatives(time=snapshot.as_of)
    due = snapshot.funding.rate if snapshot.funding else told.funding
    return {
        "funding": None if due is None else float(due) * BP,
        "funding_next": None if told.predicted is None else float(told.predicted) * BP,
        "oi_day": None if told.open_interest_day is None else told.open_interest_day * BP,
        "long_short": told.long_short,
        "basis": None if told.basis is None else float(told.basis) * BP,
        "liquidated_longs_share": _share(told.liquidated_longs, told.liquidated_shorts),
    }


def _share(part: float | None, rest: float | None) -> float | None:
    return None if part is None or rest is None or not part + rest else part / (part + rest)
