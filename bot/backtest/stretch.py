"""Which candles a backtest is about: the market that was asked for, and from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.backtest.histories import histories
from bot.backtest.options import BacktestAsked
from bot.market.playback import Wish, playback
from core.backtest.history import SymbolHistory
from core.domain.market import Origin, Timeframe

USUAL = ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT")
NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Looks are taken in [start, end]; what the histories hold before is warm-up."""

    histories: Mapping[str, SymbolHistory]
    timeframe: Timeframe
    start: datetime
    end: datetime
    origin: Origin
    source: str

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(self.histories)


def stretch(asked: BacktestAsked) -> Stretch:
    """Read the files, or make the market up. Raises NoSuchMarket, CandleFileError."""
    game = playback(
        Wish(
            candles=asked.candles,
            symbols=asked.symbols or (() if asked.candles else USUAL),
            timeframe=asked.timeframe,
            first=asked.first,
            last=asked.last,
            days=asked.days,
            seed=asked.seed,
            present=asked.desk.present if asked.desk else None,
        )
    )
    return Stretch(
        histories=histories(game.recording, game.symbols, game.timeframe),
        timeframe=game.timeframe,
        start=game.start,
        end=game.end,
        origin=game.recording.origin,
        source=_source(asked),
    )


def _source(asked: BacktestAsked) -> str:
    if not asked.candles:
        return f"seed {asked.seed}"
    names = list(dict.fromkeys(path.resolve().name for path in asked.candles))
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
