"""Where the desk lives, told to a backtest that shall look at the very same candles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from bot.market.playback import SEED, Playback
from bot.market.store_address import whole
from core.domain.market import Timeframe, from_millis
from core.paper.costs import Costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Files by their whole paths, or a made-up market in candles of `tape`. Its record begins at
    `first`.
    """

    first: datetime
    candles: tuple[str, ...] = ()
    seed: int = SEED
    tape: Timeframe = Timeframe.H1
    slippage: Decimal = Costs().slippage

    @property
    def opened(self) -> datetime | None:
        """When a made-up market began."""
        return None if self.candles else self.first


def place(candles: Sequence[Path], game: Playback) -> Place:
    """A made-up market has one timeframe, and all its symbols opened together."""
    frames = [f for symbol in game.symbols for f in game.recording.candles[symbol].values()]
    first = from_millis(min(int(frame.time[0]) for frame in frames))
    return Place(first=first, candles=tuple(map(whole, candles)), tape=frames[0].timeframe)
