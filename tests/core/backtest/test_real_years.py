"""Seven recorded years: no month loses more than its limit and what gaps took beyond the plans."""

import math
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bot.backtest.histories import histories
from bot.market.files import read
from core.backtest.replay import replay
from core.backtest.scenario import Scenario
from core.backtest.summary import summarise
from core.domain.market import Timeframe, from_millis, to_millis
from core.domain.people import Profile
from core.domain.tuning import Tuning
from core.owner import opening_settings
from core.risk.profiles import LIMITS

MARKET = Path(__file__).parents[4] / "shared" / "market"
EQUITY = Decimal(10_000)
CENT = Decimal("0.01")
LONELY = Tuning(quorum=1, horizon=24, prior=10.0)  # trades more than twice as often
ALL = ("BTC", "ETH", "SOL", "XRP", "DOGE")

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout"),
]


def recorded(coins):
    names = [f"1h/{coin}USDT_1h" for coin in coins]
    names += [f"funding/{coin}USDT_funding" for coin in coins]
    names += [f"mark_1h/{coin}USDT_mark_1h" for coin in coins if coin in {"BTC", "ETH"}]
    symbols = tuple(f"{coin}/USDT:USDT" for coin in coins)
    files = [MARKET / f"{name}.csv.gz" for name in names]
    return histories(read(files), symbols, Timeframe.H1)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("BTC",), id="Bitcoin"),
        pytest.param(ALL, id="five coins", marks=pytest.mark.nightly),
    ],
)
def past(request):
    return recorded(request.param)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(Tuning(), id="as shipped"),
        pytest.param(LONELY, id="busier", marks=pytest.mark.nightly),
    ],
)
def tuning(request):
    return request.param


@pytest.fixture(scope="module", params=Profile)
def run(past, tuning, request):
    settings = replace(
        opening_settings(tuple(past), Timeframe.H1),
        profile=request.param,
        limits=LIMITS[request.param],
        tuning=tuning,
    )
    first = min(int(history.frame.time[0]) for history in past.values())
    last = max(int(history.frame.time[-1]) for history in past.values())
    return replay(
        past,
        Scenario(
            start=from_millis(first),
            end=from_millis(last) + timedelta(hours=1),
            equity=EQUITY,
            settings=settings,
        ),
    )


def months(run):
    """(beginning, end) of each calendar month of a run."""
    start, end = run.scenario.start, run.scenario.end
    turns, turn = [start], start.replace(day=1, hour=0)
    while (turn := (turn + timedelta(days=31)).replace(day=1)) < end:
        turns.append(turn)
    return pairwise([*turns, end])


def beyond_plan(trade):
    """What a trade has lost beyond the risk on its card: a gap through its stop, or funding."""
    planned = trade.plan.risk * trade.amount / trade.plan.amount
    return max(Decimal(0), -trade.net - planned)


def test_no_month_loses_more_than_its_limit_and_its_gaps(run):
    times, equity = run.curve.time, run.curve.equity
    limit, seen = float(run.scenario.settings.limits.month_loss), 0
    for first, last in months(run):
        rows = np.searchsorted(times, [to_millis(first), to_millis(last)], side="right")
        began, lowest = equity[rows[0] - 1], equity[rows[0] - 1 : rows[1]].min()
        open_ = [t for t in run.trades if t.opened_at < last and t.closed_at > first]
        gaps = float(sum(map(beyond_plan, open_)))
        assert began - lowest <= limit * began + gaps, f"{first:%Y-%m}"
        seen += len(open_) > 0
    assert seen >= 60


def test_the_equity_is_the_sum_of_the_trades_to_the_cent(run):
    earned = sum(trade.realized - trade.fees + trade.funding for trade in run.trades)
    assert run.closing == EQUITY + earned
    assert Decimal(run.curve.equity[-1]).quantize(CENT) == run.closing.quantize(CENT)
    assert len(run.trades) > 500


def test_the_figures_of_seven_years_are_numbers(run, past):
    figures = summarise(run, past)
    ratios = (figures.sharpe, figures.sortino, figures.calmar, figures.annual, figures.drawdown)
    assert all(ratio is not None and math.isfinite(ratio) for ratio in ratios)
    assert figures.closing == run.closing
    assert figures.fees > 0 > figures.total - 1
    assert figures.funding
    assert len(figures.months) == len(list(months(run)))
