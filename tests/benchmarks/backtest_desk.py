"""The desk's own replay of a benchmark case, in a process that imports nothing but `core`.

`python -m tests.benchmarks.backtest_desk CASE FOLDER` writes a line of JSON for each run. In the
comparable cases each signal of one rule becomes a trade of a fixed size, its levels counted from
the fill; case `c` is the desk as it trades: every rule, ten symbols, one account, every limit.
"""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import numpy as np

from core.backtest.history import Funding, SymbolHistory
from core.backtest.replay import walk
from core.backtest.scenario import Scenario
from core.backtest.summary import summarise
from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import CandleFrame, Timeframe, from_millis
from core.domain.people import Absence, AccountSettings, Approval, Profile
from core.domain.tuning import Tuning
from core.paper.costs import Costs
from core.risk.profiles import LIMITS
from tests.benchmarks.backtest_data import CASES, Case, Columns, Series, read
from tests.benchmarks.peers.stopwatch import say

RUNS = 4
SLOW = {"c", "1e7"}  # twice is enough
FEE = Decimal("0.0005")
TINY = Decimal("1e-8")
EIGHT_HOURS = 8 * 3_600_000
CROSSING = Tuning(voices=("crossing",), quorum=1, fixed_stop=0.02, target_in_stops=2.0)


def histories(case: Case, symbols: dict[str, Columns], shared: bool) -> dict[str, SymbolHistory]:
    """A shared account has ticks and funding; the peers know neither, so that theirs is 0."""
    found = (history(case, series, symbols[series.name], shared) for series in case.series)
    return {one.symbol: one for one in found}


def history(case: Case, series: Series, columns: Columns, shared: bool) -> SymbolHistory:
    frame = CandleFrame(Timeframe(case.timeframe), *(columns[key] for key in ("ts", *"ohlcv")))
    stamps = frame.time[frame.time % EIGHT_HOURS == 0]
    funding = Funding(stamps, np.full(len(stamps), 0.0001 if shared else 0.0))
    tick = Decimal(1).scaleb(-series.decimals) if shared else TINY
    return SymbolHistory(
        instrument=instrument(series.name, tick), frame=frame, tape=frame, funding=funding
    )


def instrument(base: str, tick: Decimal) -> Instrument:
    return Instrument(
        symbol=f"{base}/USDT:USDT",
        tick_size=tick,
        step_size=TINY,
        min_notional=Decimal(5),
        max_leverage=20,
        maker_fee=FEE,
        taker_fee=FEE,
        tiers=(MaintenanceTier(Decimal(0), Decimal("0.005")),),
        gap=Decimal("0.06"),
    )


def settings(case: Case) -> AccountSettings:
    return AccountSettings(
        account="benchmark",
        profile=Profile.BALANCED,
        limits=LIMITS[Profile.BALANCED],
        approval=Approval.ASK,
        absence=Absence.WAIT,
        small_below=Decimal(10),
        symbols=tuple(f"{name}/USDT:USDT" for name in case.names),
        timeframe=Timeframe(case.timeframe),
    )


def scenario(case: Case, frame: CandleFrame, shared: bool) -> Scenario:
    """All of the data. Three times leverage liquidates far beyond a stop of 2 %."""
    account = Scenario(
        start=from_millis(int(frame.time[0])),
        end=from_millis(int(frame.time[-1]) + frame.timeframe.milliseconds),
        equity=Decimal(10_000),
        settings=settings(case),
    )
    if shared:
        return account
    return replace(
        account,
        equity=Decimal(100_000),
        settings=replace(account.settings, tuning=CROSSING, two_targets=False),
        costs=Costs(slippage=Decimal(0), volume_share=Decimal(1)),
        fixed=Decimal(1000),
    )


def once(market: dict[str, SymbolHistory], asked: Scenario) -> dict[str, object]:
    """Indicators to trades, timed alone; then its words and its summary. Nothing of it is kept."""
    began = perf_counter()
    trodden = walk(market, asked)
    seconds = perf_counter() - began
    run = trodden.told()
    closing = summarise(run, market).closing
    refused = sum(run.refusals.values())
    note = f"{run.looks} looks, {run.edges} edges, {refused} refused, closing {closing:.2f}"
    return {"seconds": seconds, "trades": len(run.trades), "candles": run.candles, "note": note}


def main(name: str, folder: str) -> None:
    case, shared = CASES[name], name == "c"
    market = histories(case, read(Path(folder), name), shared)
    frame = next(iter(market.values())).frame
    asked = scenario(case, frame, shared)
    for _ in range(2 if name in SLOW else RUNS):
        say(**once(market, asked))


if __name__ == "__main__":
    main(*sys.argv[1:])
