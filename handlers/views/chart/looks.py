"""What a chart shows beside its candles, as a short text that stands behind a button."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class Overlay(StrEnum):
    """Drawn over or under the candles; any number of them."""

    EMA = "ema"
    BANDS = "bands"
    VWAP = "vwap"
    VOLUME = "volume"


class Study(StrEnum):
    """Drawn in the panel below; one at a time."""

    RSI = "rsi"
    MACD = "macd"
    STOCHASTIC = "stochastic"
    OBV = "obv"
    ADX = "adx"


@dataclass(frozen=True, slots=True)
class Looks:
    overlays: frozenset[Overlay]
    study: Study | None

    def turned(self, overlay: Overlay) -> Self:
        """With this one on if it was off, off if it was on."""
        return replace(self, overlays=self.overlays ^ {overlay})

    def below(self, study: Study) -> Self:
        """With this one in the panel; chosen again, it goes and leaves its room to the candles."""
        return replace(self, study=None if study is self.study else study)

    def __str__(self) -> str:
        shown: Iterable[StrEnum] = (overlay for overlay in Overlay if overlay in self.overlays)
        return ",".join((*shown, *([self.study] if self.study else [])))


USUAL = Looks(frozenset({Overlay.EMA, Overlay.VOLUME}), Study.RSI)


def looks(text: str) -> Looks:
    """Reads what `str` wrote; words that are no longer known are passed over."""
    words = text.split(",")
    study = next((study for study in Study if study in words), None)
    return Looks(frozenset(overlay for overlay in Overlay if overlay in words), study)
