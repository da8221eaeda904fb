"""The numbers that a model may cite: indicators, returns and crowding, each with a fixed name.

The names say which frame a number is of (none: the deciding one, `mid` and `long`: the next longer
ones), not how long its candles are, so that the schema is the same for every timeframe.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Floats
from core.domain.snapshot import MarketSnapshot
from core.indicators import Indicators, reading

BP = 10_000
SEEN = 400  # candles; from here on what is shown no longer depends on how many there are
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


def frames_of(snapshot: MarketSnapshot) -> tuple[CandleFrame | None, ...]:
    """The recent candles of the deciding frame and of the longer ones, the shortest of them first;
    None in the place of one of which nothing can be said.
    """
    longer = sorted(snapshot.longer.values(), key=lambda frame: frame.timeframe.milliseconds)
    recent = (frame.rows(len(frame) - SEEN, len(frame)) for frame in (snapshot.frame, *longer))
    return tuple(frame if _is_sound(frame) else None for frame in recent)


def features_of(
    snapshot: MarketSnapshot, frames: Sequence[CandleFrame | None]
) -> dict[str, float | None]:
    """Every feature of the list, rounded; None is unknown, never zero."""
    deciding, *longer = frames
    known: dict[str, float | None] = dict.fromkeys(FEATURES, None)
    if deciding is not None:
        known |= dict(_deciding(deciding))
    for name, frame in zip(("mid", "long"), longer, strict=False):
        if frame is not None:
            known |= {f"{key}_{name}": value for key, value in _trend(frame).items()}
    return {name: _short(value) for name, value in (known | _crowd(snapshot)).items()}


def _is_sound(frame: CandleFrame) -> bool:
    """Not one that is empty or holds what is no price."""
    if not len(frame):
        return False
    prices = np.array((frame.open, frame.high, frame.low, frame.close))
    return bool(np.isfinite(prices).all() and prices.min() > 0 and np.isfinite(frame.volume).all())


def _deciding(frame: CandleFrame) -> Iterator[tuple[str, float | None]]:
    close = frame.close
    yield from ((f"ret_{span}", _return(close, span)) for span in SPANS)
    yield from _smoothed(Indicators(frame), float(close[-1]))
    few = frame.rows(len(frame) - FEW, len(frame))
    yield from _rolled(Indicators(few), float(close[-1]))
    yield "range_position", _range_position(frame)


def _smoothed(columns: Indicators, last: float) -> Iterator[tuple[str, float | None]]:
    fast, slow, atr = (reading(columns, name) for name in ("ema_fast", "ema_slow", "atr"))
    yield "rsi", reading(columns, "rsi")
    yield "adx", reading(columns, "adx")
    yield "ema_fast_gap", _gap(last, fast)
    yield "ema_slow_gap", _gap(last, slow)
    yield "ema_spread_atr", _ratio(_less(fast, slow), atr)
    yield "macd_histogram", _points(reading(columns, "macd_histogram"), last)
    yield "atr", _points(atr, last)


def _rolled(columns: Indicators, last: float) -> Iterator[tuple[str, float | None]]:
    """Those that look no further back than so many candles."""
    middle, upper = reading(columns, "middle"), reading(columns, "upper")
    volatility = reading(columns, "volatility")
    yield "band_position", _ratio(_less(last, middle), _less(upper, middle))
    yield "stochastic", reading(columns, "stochastic_k")
    yield "volume_z", reading(columns, "volume_z")
    yield "volatility", None if volatility is None else volatility * 100
    yield "vwap_gap", _gap(last, reading(columns, "vwap"))


def _trend(frame: CandleFrame) -> dict[str, float | None]:
    """What a longer frame is told in short."""
    columns, last = Indicators(frame), float(frame.close[-1])
    return {
        "ret_14": _return(frame.close, 14),
        "rsi": reading(columns, "rsi"),
        "adx": reading(columns, "adx"),
        "ema_gap": _gap(last, reading(columns, "ema_fast")),
        "atr": _points(reading(columns, "atr"), last),
    }


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


def _return(close: Floats, span: int) -> float | None:
    return _gap(float(close[-1]), float(close[-1 - span])) if len(close) > span else None


def _range_position(frame: CandleFrame) -> float | None:
    """0 at the lowest low of the last candles, 1 at their highest high."""
    if len(frame) < RANGE:
        return None
    low, high = float(frame.low[-RANGE:].min()), float(frame.high[-RANGE:].max())
    return _ratio(float(frame.close[-1]) - low, high - low)


def _gap(price: float, level: float | None) -> float | None:
    """How far the price lies above the level, in basis points of the level."""
    return None if level is None or level <= 0 else (price / level - 1) * BP


def _points(width: float | None, price: float) -> float | None:
    return None if width is None else width / price * BP


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _ratio(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def _share(part: float | None, rest: float | None) -> float | None:
    return None if part is None or rest is None else _ratio(part, part + rest)


def _short(value: float | None) -> float | None:
    """Two digits, and no fractions from ten on: more would be tokens without a meaning."""
    if value is None or not math.isfinite(value):
        return None
    return float(round(value) if abs(value) >= TEN else f"{value:.2g}") + 0.0
