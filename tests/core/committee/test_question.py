"""What the desk asks: distances from ATR, the same for both sides, for forty-eight candles."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.committee.question import question, stop_distances
from core.domain.market import Origin, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning
from core.indicators import indicators
from tests.builders import INSTRUMENT, NOON, SYMBOL
from tests.fakes import frame


def asked(whole):
    snapshot = MarketSnapshot(INSTRUMENT, NOON, whole, Origin.RECORDED)
    return question(snapshot, indicators(whole), STANDARD)


def test_the_stop_lies_two_atr_away_and_the_target_two_point_six_stops():
    steady = frame([1_000.0] * 60, reach=5.0)
    distances = asked(steady).distances[Side.BUY]

    assert distances.stop == pytest.approx(0.02)
    assert distances.target == pytest.approx(0.052)


def test_both_sides_are_asked_the_same():
    sides = asked(frame(1_000 + np.sin(np.arange(60)))).distances

    assert sides[Side.BUY] == sides[Side.SELL]
    assert set(sides) == set(Side)


def test_in_a_dead_market_the_stop_stays_outside_the_noise():
    assert asked(frame([1_000.0] * 60)).distances[Side.SELL].stop == 0.002


def test_the_question_names_the_last_close_and_its_moment():
    made = asked(frame([*[1_000.0] * 59, 1_010.0]))

    assert (made.symbol, made.price, made.as_of) == (SYMBOL, 1_010.0, NOON)


@pytest.mark.parametrize(
    ("timeframe", "horizon"),
    [(Timeframe.M15, timedelta(hours=12)), (Timeframe.H4, timedelta(days=8))],
)
def test_the_event_lasts_forty_eight_candles(timeframe, horizon):
    assert asked(frame([1_000.0] * 60, timeframe)).horizon == horizon


def test_distances_are_unknown_until_atr_is():
    whole = frame([1_000.0] * 60, reach=1.0)
    column = stop_distances(whole, indicators(whole), STANDARD)

    assert np.isnan(column[:14]).all()
    assert (column[14:] == 0.004).all()


def test_a_question_without_an_atr_is_refused():
    short = replace(frame([1_000.0] * 10))

    with pytest.raises(ValueError, match="positive"):
        asked(short)


def test_a_fixed_stop_takes_the_place_of_the_atr():
    whole = frame([1_000.0] * 60, reach=5.0)
    snapshot = MarketSnapshot(INSTRUMENT, NOON, whole, Origin.RECORDED)
    made = question(snapshot, indicators(whole), Tuning(fixed_stop=0.02, target_in_stops=2.0))

    assert made.distances[Side.BUY].stop == 0.02
    assert made.distances[Side.SELL].target == 0.04
    assert made.tuning.fixed_stop == 0.02
