"""A backtest looked at on its way: what it has brought so far, without walking anything twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.backtest.history import SymbolHistory
from core.backtest.lot import by_end
from core.backtest.replay import replay, set_out, walked
from core.backtest.run import Curve, Run
from core.backtest.scenario import Scenario
from core.backtest.trades import curve_of, trade_of
from core.backtest.walk import Walk
from core.domain.market import exact, to_millis


def looks(
    histories: Mapping[str, SymbolHistory], scenario: Scenario, moments: Sequence[datetime]
) -> Iterator[Run]:
    """A run up to each moment (rising, before the end), then the run that `replay` would give.

    The early ones end with what is open left open, at its marks: `closing` is worth, not money.
    Of a scenario with a fixed notional there is only the last. Raises NoMarketData.
    """
    if scenario.fixed is not None:
        yield replay(histories, scenario)
        return
    going = set_out(histories, scenario)
    for moment in moments:
        stop = going.timetable.last_by(to_millis(moment)) + 1
        going.go_to(stop)
        yield _so_far(going, moment, stop)
    going.run()
    yield walked(going).told()


def _so_far(going: Walk, moment: datetime, stop: int) -> Run:
    scenario = replace(going.scenario, end=moment)
    lots = [*going.done, *going.stand.lots]
    closes = going.timetable.closes
    whole = curve_of(scenario, lots, going.stand.purse.column(closes), going.lanes, closes)
    curve = Curve(whole.time[: stop + 1], whole.equity[: stop + 1])
    account = scenario.settings.account
    return Run(
        scenario=scenario,
        trades=tuple(
            trade_of(lot, n, account) for n, lot in enumerate(sorted(going.done, key=by_end), 1)
        ),
        curve=curve,
        closing=exact(curve.equity[-1]),
        looks=stop,
        edges=going.edges,
        refusals=going.entering.refusals,
        candles=0,
    )
