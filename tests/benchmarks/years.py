"""Recorded years of hourly Bitcoin with funding and mark prices, where they lie beside the checkout.

`engine_s` is indicators to trades, `words_s` what it takes to tell them and to sum them up; both are
medians of warm runs.
"""

from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any

from bot.backtest.histories import histories
from bot.market.files import read
from core.backtest.history import SymbolHistory
from core.backtest.replay import walk
from core.backtest.scenario import Scenario
from core.backtest.summary import summarise
from core.domain.market import Timeframe, from_millis
from core.owner import opening_settings
from tests.benchmarks.bots import ROOT

MARKET = ROOT.parent / "shared" / "market"
FILES = ("1h/BTCUSDT_1h", "funding/BTCUSDT_funding", "mark_1h/BTCUSDT_mark_1h")
SYMBOL = "BTC/USDT:USDT"
EQUITY = Decimal(10_000)
RUNS = 7


def run() -> list[dict[str, Any]]:
    case = {"benchmark": "years", "case": "BTC 1h 2019-2026, funding, mark"}
    if not MARKET.exists():
        return [{**case, "note": "no recorded market here"}]
    paths = [MARKET / f"{name}.csv.gz" for name in FILES]
    market = histories(read(paths), (SYMBOL,), Timeframe.H1)
    asked = scenario(market[SYMBOL])
    timed = [once(market, asked) for _ in range(RUNS + 1)][1:]
    candles, trades = timed[0][2:]
    engine = median(seconds for seconds, *_ in timed)
    return [
        {
            **case,
            "candles": candles,
            "trades": trades,
            "engine_s": engine,
            "words_s": median(seconds for _, seconds, *_ in timed),
            "candles_per_second": candles / engine,
        }
    ]


def scenario(history: SymbolHistory) -> Scenario:
    frame = history.frame
    return Scenario(
        start=from_millis(int(frame.time[0])),
        end=from_millis(int(frame.time[-1]) + frame.timeframe.milliseconds),
        equity=EQUITY,
        settings=opening_settings((SYMBOL,), Timeframe.H1),
    )


def once(market: dict[str, SymbolHistory], asked: Scenario) -> tuple[float, float, int, int]:
    began = perf_counter()
    walked = walk(market, asked)
    engine = perf_counter()
    told = walked.told()
    summarise(told, market)
    return engine - began, perf_counter() - engine, told.candles, len(told.trades)
