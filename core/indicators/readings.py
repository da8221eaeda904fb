"""The last row of a frame's indicators as values, and how many candles each needs to be true."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np

from core.indicators.columns import ROLLED, Indicators

WARM_UP: Mapping[str, int] = MappingProxyType(
    {
        "atr": 220,
        "adx": 320,
        "rsi": 250,
        "ema_fast": 140,
        "ema_slow": 350,
        "ema_long": 1_400,
        "upper": 20,
        "middle": 20,
        "lower": 20,
        "macd": 250,
        "macd_signal": 250,
        "macd_histogram": 250,
        "stochastic_k": 18,
        "stochastic_d": 18,
        "on_balance": ROLLED + 1,
        "vwap": ROLLED,
        "volume_z": ROLLED,
        "volatility": ROLLED + 1,
    }
)
"""Candles from which a value differs from that of an endless history by less than a millionth.

Of the value itself; MACD's three swing around zero and are measured by their own usual size.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The latest value of each column of `Indicators`; None while it is not warm, or unknown."""

    atr: float | None
    adx: float | None
    rsi: float | None
    ema_fast: float | None
    ema_slow: float | None
    ema_long: float | None
    upper: float | None
    middle: float | None
    lower: float | None
    macd: float | None
    macd_signal: float | None
    macd_histogram: float | None
    stochastic_k: float | None
    stochastic_d: float | None
    on_balance: float | None
    vwap: float | None
    volume_z: float | None
    volatility: float | None


def readings(columns: Indicators) -> Readings:
    """All of them at the frame's last candle."""
    return Readings(**{field.name: reading(columns, field.name) for field in fields(Readings)})


def reading(columns: Indicators, name: str) -> float | None:
    """One of them, by its name."""
    if len(columns) < WARM_UP[name]:
        return None
    value = float(getattr(columns, name)[-1])
    return value if np.isfinite(value) else None
