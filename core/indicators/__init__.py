"""Indicators of a frame: columns over all of it, and the latest values for people and snapshots.

Everything is smoothed over, or rolled over, a stretch of candles; nothing counts from the
beginning of a frame, so that two frames that end together agree once both are warm.
"""

from core.indicators.abreast import Abreast, abreast
from core.indicators.columns import LONGEST, Channel, Indicators, indicators
from core.indicators.readings import WARM_UP, Readings, reading, readings

__all__ = [
    "LONGEST",
    "WARM_UP",
    "Abreast",
    "Channel",
    "Indicators",
    "Readings",
    "abreast",
    "indicators",
    "reading",
    "readings",
]
