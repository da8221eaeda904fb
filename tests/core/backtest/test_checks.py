"""A look-ahead is found wherever it hides; what leans on a long past is found as well."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from core.backtest.checks import Checked, another_future, cut, decided, look_ahead, recursion
from core.backtest.edges import Learnt, decide_columns
from core.backtest.history import Funding, SymbolHistory
from core.backtest.scenario import Scenario
from core.domain.market import from_millis
from tests.builders import INSTRUMENT, SYMBOL, settings
from tests.core.rules.markets import wandering

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
FRAME = wandering(5, 4_000, NOON)
STAMPS = FRAME.time[::8] + FRAME.timeframe.milliseconds
HISTORY = SymbolHistory(
    instrument=INSTRUMENT,
    frame=FRAME,
    tape=FRAME,
    funding=Funding(STAMPS, np.random.default_rng(1).normal(0.0001, 0.0002, len(STAMPS))),
)
SCENARIO = Scenario(
    start=from_millis(int(FRAME.time[3_200])),
    end=NOON,
    equity=INSTRUMENT.min_notional * 100,
    settings=settings(symbols=(SYMBOL,), timeframe=FRAME.timeframe),
)


def looked(decide=decided, samples=6) -> Checked:
    return look_ahead(HISTORY, SCENARIO, samples=samples, seed=1, decide=decide)


def test_the_desk_does_not_know_its_future():
    checked = looked()

    assert checked.is_clean
    assert checked.compared > 500


def peeking(shift, name):
    """A desk that reads a column some rows too early."""

    def decide(history, scenario):
        frame = history.frame
        known = getattr(frame, name)
        ahead = np.concatenate((known[shift:], np.repeat(known[-1:], shift)))
        blurred = np.where(ahead > frame.close, frame.close * 1.001, frame.close * 0.999)
        high, low = np.maximum(frame.high, blurred), np.minimum(frame.low, blurred)
        seen = replace(frame, close=blurred, high=high, low=low)
        return decide_columns(
            Learnt(replace(history, frame=seen), scenario.settings.tuning), scenario
        )

    return decide


@pytest.mark.parametrize("name", ["close", "high"])
@pytest.mark.parametrize("shift", [1, 3])
def test_a_desk_that_peeks_is_found_out(name, shift):
    checked = looked(peeking(shift, name))

    assert not checked.is_clean
    assert {found.name for found in checked.differences} & {"p_up", "stop", "verdict"}


def test_a_peek_at_the_next_funding_rate_is_found_out():
    def decide(history, scenario):
        rate = np.concatenate((history.funding.rate[1:], history.funding.rate[-1:] * 3))
        funding = Funding(history.funding.time, rate)
        return decided(replace(history, funding=funding), scenario)

    assert "expected" in {found.name for found in looked(decide).differences}


def test_the_window_that_the_living_desk_sees_is_enough():
    checked = recursion(HISTORY, SCENARIO, length=3_000, samples=12, seed=2)

    assert checked.is_clean
    assert checked.compared >= 6


def test_a_window_that_is_too_short_is_told():
    checked = recursion(HISTORY, SCENARIO, length=400, samples=12, seed=2)

    assert not checked.is_clean
    assert checked.differences[0].symbol == SYMBOL


def test_a_row_with_less_behind_it_than_the_window_is_not_asked():
    assert recursion(HISTORY, SCENARIO, length=5_000, samples=12, seed=2).compared == 0


def test_another_future_keeps_the_past_and_what_the_running_candle_opened_at():
    other = another_future(HISTORY, 3_500, np.random.default_rng(3)).frame

    assert np.array_equal(other.close[:3_500], FRAME.close[:3_500])
    assert other.open[3_500] == FRAME.open[3_500]
    assert not np.isclose(other.close[3_600:], FRAME.close[3_600:]).any()
    assert (other.high >= np.maximum(other.open, other.close)).all()


def test_what_is_cut_off_takes_its_funding_along():
    part = cut(HISTORY, 100, 200)

    assert len(part.frame) == 100
    assert part.funding.time[-1] <= FRAME.time[199] + FRAME.timeframe.milliseconds
