"""Attempts over recorded candles: each is a backtest of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.search.attempt import Job, Stage
from core.backtest.cutting import cut
from core.backtest.history import SymbolHistory
from core.backtest.looks import looks
from core.backtest.objectives import measure
from core.backtest.replay import replay
from core.backtest.run import Run
from core.backtest.scenario import Scenario
from core.backtest.summary import summarise
from core.domain.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Replays:
    """An Attempt over recorded candles, with an account that starts anew in each."""

    histories: Mapping[str, SymbolHistory]
    scenario: Scenario

    def __call__(self, job: Job) -> Iterator[Stage]:
        start, *between, end = job.borders
        histories = self.cut(start, end)
        runs = looks(histories, self.over(job.tuning, start, end), between)
        for number, run in enumerate(runs):
            yield Stage(measure(summarise(run, histories)), number == len(between))

    def run(self, scenario: Scenario) -> Run:
        return replay(self.cut(scenario.start, scenario.end), scenario)

    def over(self, tuning: Tuning, start: datetime, end: datetime) -> Scenario:
        settings = replace(self.scenario.settings, tuning=tuning)
        return replace(self.scenario, start=start, end=end, settings=settings)

    def cut(self, start: datetime, end: datetime) -> dict[str, SymbolHistory]:
        """What a stretch needs, and nothing of its future."""
        return {symbol: cut(history, start, end) for symbol, history in self.histories.items()}
