"""A run's figures, against numbers worked out by hand."""

import math
import time
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.figures import Month, Slice
from core.backtest.summary import annualised, goals, longest_losing, summarise
from core.domain.market import from_millis
from core.domain.trade import Exit
from tests.builders import SYMBOL
from tests.core.backtest.runs import (
    DAY,
    HOUR,
    NEW_YEAR,
    closed,
    curve,
    frame,
    history,
    run,
    steady,
)

OTHER = "ETH/USDT:USDT"
HISTORIES = {SYMBOL: history(frame([100, 110], first=100))}
TRADES = (
    closed(20, at=NEW_YEAR + 2 * HOUR, way=Exit.TARGET),
    closed(-10, at=NEW_YEAR + 3 * HOUR, held=2 * HOUR),
    closed(-5, at=NEW_YEAR + 20 * HOUR, symbol=OTHER),
)
FIGURES = summarise(run(steady(1000, 980, 1005), TRADES), HISTORIES)


def month(change, lowest):
    return Month(start=NEW_YEAR, change=change, lowest=lowest, trades=0)


class TestSummarise:
    def test_it_spans_the_curve(self):
        assert (FIGURES.start, FIGURES.end) == (NEW_YEAR, NEW_YEAR + 2 * DAY)

    def test_money_is_what_the_run_says(self):
        assert (FIGURES.opening, FIGURES.closing) == (1000, 1005)
        assert (FIGURES.fees, FIGURES.funding) == (3, -3)
        assert FIGURES.total == pytest.approx(0.005)

    def test_trades_are_tallied(self):
        assert (FIGURES.trades, FIGURES.wins, FIGURES.longest) == (3, 1, 2)
        assert FIGURES.win_rate == pytest.approx(1 / 3)
        assert FIGURES.profit_factor == pytest.approx(20 / 15)
        assert FIGURES.total_r == pytest.approx(0.5)
        assert FIGURES.expectancy == pytest.approx(0.5 / 3)

    def test_risk_comes_from_the_days(self):
        first, second = -0.02, 1005 / 980 - 1
        mean, half = (first + second) / 2, (second - first) / 2
        assert FIGURES.drawdown == pytest.approx(0.02)
        assert FIGURES.sharpe == pytest.approx(mean / (half * math.sqrt(2)) * math.sqrt(365))
        assert FIGURES.sortino == pytest.approx(mean / math.sqrt(first**2 / 2) * math.sqrt(365))

    def test_positions_that_overlap_expose_once(self):
        assert FIGURES.exposure == pytest.approx(3 / 48)

    def test_holding_is_measured_beside(self):
        assert FIGURES.hold == pytest.approx(0.1)

    def test_ways_out_and_symbols_have_their_slices_most_trades_first(self):
        assert list(FIGURES.exits) == [Exit.STOP, Exit.TARGET]
        assert FIGURES.exits[Exit.STOP] == Slice(trades=2, wins=0, net=Decimal(-15), total_r=-1.5)
        assert list(FIGURES.symbols) == [SYMBOL, OTHER]
        assert FIGURES.symbols[SYMBOL] == Slice(trades=2, wins=1, net=Decimal(10), total_r=1.0)

    def test_a_few_days_have_no_yearly_figures(self):
        assert FIGURES.annual is FIGURES.calmar is None

    def test_calmar_is_the_yearly_return_over_the_deepest_fall(self):
        line = steady(1000, 900, 1210, step=timedelta(days=365))
        figures = summarise(run(line), HISTORIES)
        assert figures.annual == pytest.approx(0.1)
        assert figures.calmar == pytest.approx(1.0)

    def test_a_curve_that_never_falls_has_no_calmar(self):
        figures = summarise(run(steady(1000, 1100, step=timedelta(days=365))), HISTORIES)
        assert figures.calmar is None

    def test_months_and_goals_agree(self):
        line = curve(
            (NEW_YEAR, 1000), (NEW_YEAR + 31 * DAY, 1060), (NEW_YEAR + 32 * DAY, 1030)
        )  # fmt: skip
        figures = summarise(run(line, TRADES), HISTORIES)
        assert [month.trades for month in figures.months] == [3, 0]
        assert (figures.goals.months, figures.goals.in_goal, figures.goals.losses_kept) == (
            1,
            1,
            1,
        )
        assert figures.goals.win_rate == figures.win_rate

    def test_a_run_without_anything_has_figures_too(self):
        figures = summarise(run(steady(1000)), {})
        assert (figures.trades, figures.longest, figures.total, figures.exposure) == (0, 0, 0, 0)
        assert figures.sharpe is figures.win_rate is figures.profit_factor is None
        assert (figures.exits, figures.symbols) == ({}, {})
        assert figures.hold == 0.0

    @given(st.lists(st.integers(-50, 50), max_size=25))
    def test_slices_share_all_trades_out(self, nets):
        trades = [
            closed(net, symbol=(SYMBOL, OTHER)[i % 2], way=list(Exit)[i % 3])
            for i, net in enumerate(nets)
        ]
        figures = summarise(run(trades=trades), HISTORIES)
        for slices in (figures.exits.values(), figures.symbols.values()):
            assert sum(part.net for part in slices) == sum(nets)
            assert sum(part.wins for part in slices) == figures.wins
            assert sum(part.trades for part in slices) == len(nets)

    def test_sixty_thousand_closes_take_no_noticeable_time(self):
        dice = np.random.default_rng(7)
        line = steady(*(1000 * np.exp(np.cumsum(dice.normal(0, 0.001, 60_000)))), step=HOUR)
        nets = dice.integers(-20, 20, 1500).tolist()
        trades = [closed(net, at=NEW_YEAR + 40 * i * HOUR) for i, net in enumerate(nets, 1)]
        lived = run(line, trades)
        closes = {SYMBOL: history(frame(dice.uniform(90, 110, 60_000)))}
        began = time.perf_counter()
        figures = summarise(lived, closes)
        assert time.perf_counter() - began < 0.1
        assert figures.end == from_millis(int(line.time[-1]))


class TestAnnualised:
    @pytest.mark.parametrize(
        ("total", "days", "annual"),
        [
            (0.21, 730, 0.1),
            (0.1, 365, 0.1),
            (-0.5, 365, -0.5),
            (0.1, 182.5, 0.21),
            (-1.0, 365, -1.0),
            (-1.3, 365, -1.0),
        ],
    )
    def test_it_compounds(self, total, days, annual):
        assert annualised(total, days) == pytest.approx(annual)

    def test_less_than_thirty_days_say_nothing_of_a_year(self):
        assert annualised(0.1, 29.9) is None
        assert annualised(0.0, 0.0) is None


class TestLongestLosing:
    @pytest.mark.parametrize(
        ("nets", "longest"),
        [((), 0), ((1, 2), 0), ((-1,), 1), ((-1, -1, 5, -1), 2), ((-1, 0, -1, -1, -1, 2), 3)],
    )
    def test_the_longest_streak_counts(self, nets, longest):
        assert longest_losing([closed(net) for net in nets]) == longest


class TestGoals:
    def test_five_percent_are_in_goal_and_two_percent_are_kept(self):
        each = (month(0.05, -0.02), month(0.049, -0.021), month(0.2, 0.0))
        reached = goals(each, 0.6)
        assert (reached.months, reached.in_goal, reached.losses_kept) == (3, 2, 2)
        assert reached.win_rate == 0.6

    def test_rounding_takes_no_goal_away(self):
        assert goals((month(1.05 - 1, 0.98 - 1),), None).in_goal == 1
        assert goals((month(1.05 - 1, 0.98 - 1),), None).losses_kept == 1
