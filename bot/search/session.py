"""What both commands of a search need: a market, hands to work with, and a name for the question."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.backtest.question import scenario
from bot.backtest.stretch import Stretch, stretch
from bot.errors import WrongQuestion
from bot.search.command_line import SearchAsked
from bot.search.farm import Farm, farm
from bot.search.replays import Replays
from bot.search.watching import Watching
from core.backtest.history import SymbolHistory
from core.backtest.record import ModelUse

ONE_QUESTION = "recorded answers fit one question, and a search asks many: it hears rules alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One search from the market to the last attempt."""

    asked: SearchAsked
    market: Stretch
    replays: Replays
    farm: Farm
    watching: Watching

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        return self.market.start, self.market.end

    def fingerprint(self) -> dict[str, str]:
        """What must be the same on every machine that works on one study, in words and a digest."""
        search, scenario = self.asked.search, self.replays.scenario
        settings = scenario.settings
        return {
            "symbols": " ".join(self.market.symbols),
            "timeframe": self.market.timeframe.value,
            "start": f"{self.market.start:%Y-%m-%d %H:%M}",
            "end": f"{self.market.end:%Y-%m-%d %H:%M}",
            "account": f"{settings.profile} {scenario.equity} {settings.approval}",
            "limits": hashlib.blake2b(repr(settings.limits).encode(), digest_size=8).hexdigest(),
            "targets": "2" if settings.two_targets else "1",
            "slippage": str(scenario.costs.slippage),
            "spread": str(scenario.costs.spread),
            "base": str(search.base),
            "space": str(search.space),
            "objectives": " ".join(search.aim.objectives),
            "constraints": " ".join(map(str, search.aim.constraints)),
            "candles": digest(self.market.histories),
        }


@contextmanager
def session(asked: SearchAsked) -> Iterator[Session]:
    """Raises Stop for a market that cannot be read, WrongQuestion where models should speak."""
    if asked.backtest.models is not ModelUse.RULES:
        raise WrongQuestion(f"--models {asked.backtest.models}: {ONE_QUESTION}")
    watching = Watching(listened=asked.backtest.progress)
    watching("read", 0, 1)
    market = stretch(asked.backtest)
    watching("read", 1, 1)
    replays = Replays(market.histories, scenario(asked.backtest, market))
    hands = farm(replays, asked.jobs)
    try:
        yield Session(asked=asked, market=market, replays=replays, farm=hands, watching=watching)
    finally:
        watching.close()
        hands.close()


def digest(histories: Mapping[str, SymbolHistory]) -> str:
    """Sixteen letters over every price that counts."""
    content = hashlib.blake2b(digest_size=8)
    for symbol, history in sorted(histories.items()):
        content.update(symbol.encode())
        for frame in (history.frame, history.tape, history.mark):
            columns = (frame.time, frame.open, frame.high, frame.low, frame.close) if frame else ()
            for column in columns:
                content.update(np.ascontiguousarray(column).tobytes())
        content.update(np.ascontiguousarray(history.funding.rate).tobytes())
    return content.hexdigest()
