"""Live reads the last row of the columns that a backtest reads whole: the numbers are the same."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.market.files import read
from bot.market.synthetic import synthetic
from core.domain.market import Timeframe
from tests.builders import SYMBOL
from tests.core.rules.committee_columns import RULES, all_columns

WINDOW = 3_000
START = datetime(2026, 1, 5, tzinfo=UTC)
HOURS = Path(__file__).parents[4] / "shared" / "market" / "1h" / "BTCUSDT_1h.csv.gz"


def assert_live_equals_columns(whole, looks):
    """`looks` rows at which a rule spoke, for each rule, spread by a seed."""
    columns = all_columns(whole)
    choose = np.random.default_rng(1)
    for name in RULES:
        spoken = np.flatnonzero(~np.isnan(columns[name].p_up))
        for row in choose.choice(spoken[spoken >= WINDOW], looks, replace=False):
            live = all_columns(whole.rows(int(row) + 1 - WINDOW, int(row) + 1))
            for rule in RULES:
                assert_same_row(live[rule], columns[rule], int(row))


def assert_same_row(live, whole, row):
    assert live.setups[-1] == whole.setups[row]
    pairs = [(live.p_up, whole.p_up), (live.effective_n, whole.effective_n)]
    pairs += [
        (live.p_target_first[side], answers) for side, answers in whole.p_target_first.items()
    ]
    for last, column in pairs:
        assert last[-1] == pytest.approx(column[row], rel=1e-9, nan_ok=True)


@pytest.mark.parametrize("seed", [7, 8])
def test_a_window_of_three_thousand_candles_says_what_the_whole_history_says(seed):
    recording = synthetic(seed, (SYMBOL,), Timeframe.H1, START, 9_000)

    assert_live_equals_columns(recording.candles[SYMBOL][Timeframe.H1], looks=15)


@pytest.mark.real
@pytest.mark.skipif(not HOURS.exists(), reason="no recorded market beside the checkout")
def test_six_years_of_real_hours_say_what_three_thousand_of_them_say():
    assert_live_equals_columns(read([HOURS]).candles[SYMBOL][Timeframe.H1], looks=12)
