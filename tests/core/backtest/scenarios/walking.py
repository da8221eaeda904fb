"""Plays a scene in columns: the walk of a backtest, with a plan that a test wrote."""

from dataclasses import replace

import numpy as np

from bot.backtest.histories import histories
from core.backtest.edges import Decisions
from core.backtest.entering import Card, Entering
from core.backtest.history import SymbolHistory
from core.backtest.scenario import Scenario
from core.backtest.street import Street
from core.backtest.timetable import Lane, Timetable
from core.backtest.trades import trade_of
from core.backtest.walk import Walk
from core.committee.merging import SIDES, VERDICTS, Merged, Panel
from core.domain.market import Timeframe, to_millis
from core.domain.opinion import Verdict
from core.domain.trading import Side
from tests.builders import ACCOUNT, settings
from tests.core.backtest.scenarios.stage import Scene, Told
from tests.core.paper.builders import BTC, HOUR, START


class Planned(Entering):
    """Says yes to the plan of a scene instead of asking risk for one."""

    def __init__(self, scenario, stand, plan):
        super().__init__(scenario, stand)
        self.plan = plan

    def look(self, wishes):
        lane = wishes[0].lane
        lot = self._answer(Card(lane, self.plan, self._terms(lane)), is_first=True)
        if lot:
            self._stand.enter(lot)
        return [lot] if lot else []


def known(scene: Scene) -> dict[str, SymbolHistory]:
    history = histories(scene.recording(), (BTC,), Timeframe.H1)[BTC]
    return {BTC: replace(history, instrument=scene.contract)}


def walked_lots(scene: Scene):
    """The walk after its end."""
    past = known(scene)
    scenario = Scenario(
        start=START - HOUR,
        end=scene.end,
        equity=scene.plan().equity,
        settings=settings(symbols=(BTC,), timeframe=Timeframe.H1),
        costs=scene.costs,
    )
    timetable = Timetable(list(past.values()), scenario)
    lanes = {BTC: Lane(Street(past[BTC]), timetable)}
    made = decided([(to_millis(START), scene.side, 0.05, 0.1)])
    going = Walk(scenario, lanes, {BTC: made}, timetable)
    going.entering = Planned(scenario, going.stand, scene.plan())
    going.run()
    return going


async def walked(scene: Scene) -> Told:
    going = walked_lots(scene)
    trades = [trade_of(lot, number, ACCOUNT) for number, lot in enumerate(going.done)]
    return Told(next(iter(trades), None), going.stand.purse.wallet)


def decided(edges: list[tuple[int, Side, float, float]]) -> Decisions:
    """Columns with nothing but edges: (close in ms, side, stop, target), the oldest first."""
    count = len(edges)
    closes, sides, stops, targets = zip(*edges, strict=True)
    nothing = np.zeros(count)
    merged = Merged(
        verdict=np.full(count, VERDICTS.index(Verdict.EDGE), np.int8),
        side=np.array([SIDES.index(side) for side in sides], np.int8),
        p_up=nothing,
        p_target_first=nothing,
        break_even=nothing,
        expected=nothing,
        disagreement=nothing,
        confidence=np.ones(count),
    )
    panel = Panel((), np.empty((0, count)), {side: np.empty((0, count)) for side in Side})
    rows, times = np.arange(count), np.array(closes, np.int64)
    return Decisions(rows, times, np.array(stops), np.array(targets), panel, merged)
