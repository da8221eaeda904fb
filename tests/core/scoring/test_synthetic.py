"""Earned weights pay where a voice is better, and cost next to nothing where none is."""

import pytest

from tests.simulation.voices import SCENARIOS, TOLERATED, averaged, gain

EQUAL, ONE_BETTER, OVERCONFIDENT, BREAKING = SCENARIOS
FEW, MANY = range(4), range(60)
COIN = 0.25


def test_calibration_makes_loud_voices_worth_hearing_and_the_better_one_earns_more():
    scores = averaged(ONE_BETTER, FEW).brier

    assert scores["calibrated + Hedge"] < scores["calibrated + equal"] < COIN
    assert scores["equal"] > scores["Hedge raw"] > COIN


def test_among_equals_little_is_lost():
    assert gain(averaged(EQUAL, FEW)) > -3 * TOLERATED


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("scenario", "least"),
    [(EQUAL, -TOLERATED), (ONE_BETTER, 2e-4), (OVERCONFIDENT, -TOLERATED), (BREAKING, 2e-4)],
    ids=[scenario.name for scenario in SCENARIOS],
)
def test_over_many_worlds_it_pays(scenario, least):
    scores = averaged(scenario, MANY)

    assert gain(scores) >= least
    assert scores.brier["calibrated + Hedge"] < COIN < scores.brier["equal"]
    assert scores.turnover < 0.02
