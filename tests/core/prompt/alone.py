"""What one symbol's candles are told as, worked out for that symbol alone and from whole columns."""

import math

import numpy as np

from core.indicators import Indicators, reading

BP = 10_000


def features(deciding, *longer):
    """As `sheet` shows them; None in the place of a frame of which nothing can be said."""
    known = (
        _deciding(deciding.rows(len(deciding) - 400, len(deciding))) if _sound(deciding) else {}
    )
    for name, frame in zip(("mid", "long"), longer, strict=False):
        told = _trend(frame.rows(len(frame) - 400, len(frame))) if _sound(frame) else {}
        known |= {f"{key}_{name}": value for key, value in told.items()}
    return {name: _short(value) for name, value in known.items()}


def _sound(frame):
    recent = [column[-400:] for column in frame.columns[1:]]
    return bool(len(frame) and np.isfinite(recent).all() and np.min(recent[:4]) > 0)


def _deciding(frame):
    last = float(frame.close[-1])
    whole, few = Indicators(frame), Indicators(frame.rows(len(frame) - 32, len(frame)))
    fast, slow, atr, macd = (
        reading(whole, name) for name in ("ema_fast", "ema_slow", "atr", "macd_histogram")
    )
    middle, upper, volatility = (reading(few, n) for n in ("middle", "upper", "volatility"))
    return {
        **{f"ret_{span}": _return(frame, span) for span in (1, 6, 24, 72)},
        "rsi": reading(whole, "rsi"),
        "adx": reading(whole, "adx"),
        "ema_fast_gap": _gap(last, fast),
        "ema_slow_gap": _gap(last, slow),
        "ema_spread_atr": _ratio(_less(fast, slow), atr),
        "macd_histogram": None if macd is None else macd / last * BP,
        "atr": None if atr is None else atr / last * BP,
        "band_position": _ratio(_less(last, middle), _less(upper, middle)),
        "stochastic": reading(few, "stochastic_k"),
        "volume_z": reading(few, "volume_z"),
        "volatility": None if volatility is None else volatility * 100,
        "vwap_gap": _gap(last, reading(few, "vwap")),
        "range_position": _range_position(frame),
    }


def _trend(frame):
    columns, last = Indicators(frame), float(frame.close[-1])
    atr = reading(columns, "atr")
    return {
        "ret_14": _return(frame, 14),
        "rsi": reading(columns, "rsi"),
        "adx": reading(columns, "adx"),
        "ema_gap": _gap(last, reading(columns, "ema_fast")),
        "atr": None if atr is None else atr / last * BP,
    }


def _return(frame, span):
    close = frame.close
    return _gap(float(close[-1]), float(close[-1 - span])) if len(close) > span else None


def _range_position(frame):
    if len(frame) < 48:
        return None
    low, high = float(frame.low[-48:].min()), float(frame.high[-48:].max())
    return _ratio(float(frame.close[-1]) - low, high - low)


def _gap(price, level):
    return None if level is None or level <= 0 else (price / level - 1) * BP


def _less(one, other):
    return None if one is None or other is None else one - other


def _ratio(above, below):
    return None if above is None or not below else above / below


def _short(value):
    if value is None or not math.isfinite(value):
        return None
    return float(round(value) if abs(value) >= 9.95 else f"{value:.2g}") + 0.0


def tables(deciding, *longer):
    """Only the lines."""
    first = [_deciding_lines(deciding)] if _sound(deciding) else []
    return [*first, *(_longer_lines(frame) for frame in longer if _sound(frame))]


def _deciding_lines(frame):
    last, volume = frame.close[-1], frame.volume[-24:]
    points = np.array([(c[-24:] / last - 1) * BP for c in (frame.close, frame.high, frame.low)]).T
    mean = float(volume.mean())
    percents = np.rint(volume / mean * 100) if mean > 0 else np.full(len(volume), 100)
    return tuple(f"{a},{int(b)}" for a, b in zip(_spelled(points), percents, strict=True))


def _longer_lines(frame):
    close, high, low = (column[-14:] for column in (frame.close, frame.high, frame.low))
    last = frame.close[-1]
    return _spelled(np.array([(close / last - 1) * BP, (high - low) / last * BP]).T)


def _spelled(points):
    if np.abs(points).max() < 100:
        rows = (np.round(points, 1) + 0.0).tolist()
    else:
        rows = np.rint(points).astype(np.int64).tolist()
    return tuple(",".join(map(str, row)) for row in rows)
