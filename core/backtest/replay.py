"""The whole of a backtest: from histories and a scenario to a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.backtest.edges import Decisions, Learnt, decide_columns
from core.backtest.fixed import FixedWalk
from core.backtest.history import SymbolHistory
from core.backtest.lot import Lot, by_end
from core.backtest.purse import Purse
from core.backtest.run import Run
from core.backtest.scenario import Scenario
from core.backtest.street import Street
from core.backtest.timetable import Lane, Timetable
from core.backtest.trades import curve_of, trade_of
from core.backtest.walk import Walk, edges_of
from core.domain.market import CandleFrame
from core.domain.proposal import Rule
from core.errors import NoMarketData


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A stretch that has been walked: its lots by the time of their ends, in no words yet."""

    scenario: Scenario
    timetable: Timetable
    lanes: Mapping[str, Lane]
    lots: tuple[Lot, ...]
    purses: tuple[Purse, ...]
    edges: int
    refusals: Mapping[Rule, int]

    @property
    def closing(self) -> Decimal:
        return sum((lot.net for lot in self.lots), self.scenario.equity)

    def told(self) -> Run:
        account = self.scenario.settings.account
        trades = [trade_of(lot, n, account) for n, lot in enumerate(self.lots, 1)]
        frames = [lane.street.history.frame for lane in self.lanes.values()]
        closes = self.timetable.closes
        wallet = np.sum([purse.column(closes) for purse in self.purses], axis=0)
        return Run(
            scenario=self.scenario,
            trades=tuple(trades),
            curve=curve_of(self.scenario, self.lots, wallet, self.lanes, closes),
            closing=self.closing,
            looks=len(closes),
            edges=self.edges,
            refusals=self.refusals,
            candles=sum(self._within(frame) for frame in frames),
        )

    def _within(self, frame: CandleFrame) -> int:
        """How many candles of a frame close within the stretch."""
        first, last = self.scenario.start, self.scenario.end
        return frame.closed_by(last) - frame.closed_by(first)


def replay(histories: Mapping[str, SymbolHistory], scenario: Scenario) -> Run:
    """Raises NoMarketData for a symbol of the scenario's settings that has no history."""
    return walk(histories, scenario).told()


def walk(histories: Mapping[str, SymbolHistory], scenario: Scenario) -> Walked:
    """The same without its words: what takes the time of an engine."""
    if scenario.fixed is not None:
        return _apart(scenario, scenario.fixed, *_prepared(histories, scenario))
    going = set_out(histories, scenario)
    going.run()
    return walked(going)


def walked(going: Walk) -> Walked:
    """What a walk of one account that has come to its end leaves behind."""
    return Walked(
        scenario=going.scenario,
        timetable=going.timetable,
        lanes=going.lanes,
        lots=tuple(sorted(going.done, key=by_end)),
        purses=(going.stand.purse,),
        edges=going.edges,
        refusals=going.entering.refusals,
    )


def set_out(histories: Mapping[str, SymbolHistory], scenario: Scenario) -> Walk:
    """A walk of one shared account that has not begun. Raises NoMarketData."""
    return Walk(scenario, *_prepared(histories, scenario))


def _prepared(
    histories: Mapping[str, SymbolHistory], scenario: Scenario
) -> tuple[Mapping[str, Lane], Mapping[str, Decisions], Timetable]:
    missing = [symbol for symbol in scenario.settings.symbols if symbol not in histories]
    if missing:
        raise NoMarketData(symbol=missing[0])
    chosen = {symbol: histories[symbol] for symbol in scenario.settings.symbols}
    tuning = scenario.settings.tuning
    decisions = {s: decide_columns(Learnt(h, tuning), scenario) for s, h in chosen.items()}
    timetable = Timetable(list(chosen.values()), scenario)
    lanes = {symbol: Lane(Street(history), timetable) for symbol, history in chosen.items()}
    return lanes, decisions, timetable


def _apart(
    scenario: Scenario,
    notional: Decimal,
    lanes: Mapping[str, Lane],
    decisions: Mapping[str, Decisions],
    timetable: Timetable,
) -> Walked:
    walks = [
        FixedWalk(scenario, notional, lane.street, decisions[name]) for name, lane in lanes.items()
    ]
    for going in walks:
        going.run()
    lots = [lot for going in walks for lot in going.done]
    return Walked(
        scenario=scenario,
        timetable=timetable,
        lanes=lanes,
        lots=tuple(sorted(lots, key=by_end)),
        purses=(Purse(scenario.equity), *(going.purse for going in walks)),
        edges=edges_of(decisions),
        refusals={},
    )
