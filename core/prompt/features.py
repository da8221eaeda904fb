"""The numbers that a model may cite: indicators, returns and crowding, each with a fixed name.

The names say which frame a number is of (none: the deciding one, `mid` and `long`: the next longer
ones), not how long its candles are, so that the schema is the same for every timeframe.
"""

import math
from collections.abc import Iterator

import numpy as np

from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Floats
from core.domain.snapshot import MarketSnapshot
from core.indicators import Readings, indicators, readings

BP = 10_000
SEEN = 400  # candles; from here on what is shown no longer depends on how many there are
SPANS = (1, 6, 24, 72)
RANGE = 48
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


def features_of(snapshot: MarketSnapshot) -> dict[str, float | None]:
    """Every feature of the list, to three digits; None is unknown, never zero."""
    known = dict.fromkeys(FEATURES, None) | dict(_deciding(snapshot.frame))
    for name, frame in zip(("mid", "long"), longer_frames(snapshot), strict=False):
        known |= {f"{key}_{name}": value for key, value in _trend(frame).items()}
    return {name: _short(value) for name, value in (known | _crowd(snapshot)).items()}


def longer_frames(snapshot: MarketSnapshot) -> list[CandleFrame]:
    """The next longer one first."""
    return sorted(snapshot.longer.values(), key=lambda frame: frame.timeframe.milliseconds)


def is_sound(frame: CandleFrame) -> bool:
    """Can anything be said of it? Not of one that is empty or holds what is no price."""
    columns = (frame.open, frame.high, frame.low, frame.close)
    return bool(
        len(frame)
        and all(np.isfinite(column).all() and (column > 0).all() for column in columns)
        and np.isfinite(frame.volume).all()
    )


def _deciding(frame: CandleFrame) -> Iterator[tuple[str, float | None]]:
    if not is_sound(frame):
        return
    recent = _recent(frame)
    seen, close = readings(indicators(recent)), recent.close
    yield from ((f"ret_{span}", _return(close, span)) for span in SPANS)
    yield from _panel(seen, float(close[-1]))
    yield "range_position", _range_position(recent)


def _panel(seen: Readings, last: float) -> Iterator[tuple[str, float | None]]:
    yield "rsi", seen.rsi
    yield "adx", seen.adx
    yield "ema_fast_gap", _gap(last, seen.ema_fast)
    yield "ema_slow_gap", _gap(last, seen.ema_slow)
    yield "ema_spread_atr", _ratio(_less(seen.ema_fast, seen.ema_slow), seen.atr)
    half = _ratio(_less(seen.upper, seen.lower), 2.0)
    yield "band_position", _ratio(_less(last, seen.middle), half)
    yield "macd_histogram", _points(seen.macd_histogram, last)
    yield "stochastic", seen.stochastic_k
    yield "volume_z", seen.volume_z
    yield "volatility", None if seen.volatility is None else seen.volatility * 100
    yield "vwap_gap", _gap(last, seen.vwap)
    yield "atr", _points(seen.atr, last)


def _trend(frame: CandleFrame) -> dict[str, float | None]:
    """What a longer frame is told in short."""
    if not is_sound(frame):
        return {}
    recent = _recent(frame)
    seen, last = readings(indicators(recent)), float(recent.close[-1])
    return {
        "ret_14": _return(recent.close, 14),
        "rsi": seen.rsi,
        "adx": seen.adx,
        "ema_gap": _gap(last, seen.ema_fast),
        "atr": _points(seen.atr, last),
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


def _recent(frame: CandleFrame) -> CandleFrame:
    return frame.rows(len(frame) - SEEN, len(frame))


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
    return float(f"{value:.3g}") + 0.0 if value is not None and math.isfinite(value) else None
