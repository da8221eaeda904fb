"""Late entries are other trades, the same ones for the same dice, and none at all for no delay."""

from dataclasses import replace

import numpy as np

from core.backtest.late_entries import late_entries
from core.backtest.replay import walk
from core.domain.tuning import Tuning
from tests.core.backtest.test_checks import HISTORY, SCENARIO

TUNING = Tuning(quorum=1, horizon=24)
ASKED = replace(SCENARIO, settings=replace(SCENARIO.settings, tuning=TUNING))
HISTORIES = {HISTORY.symbol: HISTORY}


def late(candles, seed=1):
    return late_entries(HISTORIES, ASKED, candles=candles, rounds=4, seed=seed)


def test_entries_that_are_not_late_bring_what_the_replay_brings():
    total = float(walk(HISTORIES, ASKED).closing / ASKED.equity) - 1

    assert total != 0
    assert late(0).tolist() == [total] * 4


def test_the_same_dice_bring_the_same_and_others_something_else():
    assert np.array_equal(late(3), late(3))
    assert not np.array_equal(late(3), late(3, seed=9))
    assert len(set(late(3).tolist())) > 1
