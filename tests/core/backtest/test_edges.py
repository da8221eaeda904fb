"""Decisions in columns are those that the desk forms at each close."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backtest.histories import histories
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.prices import funding_now
from bot.market.recording import FundingHistory
from bot.market.synthetic import synthetic
from core.backtest.edges import Learnt, decide_columns, funding_known, funding_stamp
from core.backtest.history import Funding
from core.backtest.scenario import Scenario
from core.committee.merging import SIDES, VERDICTS, Rules
from core.domain.market import Timeframe, exact, from_millis
from core.domain.opinion import Verdict
from core.domain.tuning import Tuning
from core.engine import FormDecisions
from core.indicators import LONGEST
from core.owner import opening_settings
from core.rules.analyst import rule_analysts
from tests.core.domain.memory_ledger import MemoryLedger

BTC = "BTC/USDT:USDT"
START = datetime(2026, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CROSSING = Tuning(voices=("crossing",), quorum=1, fixed_stop=0.02, target_in_stops=2.0)
EAGER = Tuning(voices=("mean_reversion",), quorum=1, fixed_stop=0.01, horizon=1, stretched=0.3)
LONELY = Tuning(quorum=1, horizon=12, prior=5.0, hurdle=0.001)


@pytest.fixture(scope="module")
def recording():
    return synthetic(5, (BTC,), Timeframe.H1, START, 600)


def asked(tuning, hours=600):
    settings = replace(opening_settings((BTC,), Timeframe.H1), tuning=tuning)
    end = START + hours * HOUR
    return Scenario(start=START, end=end, equity=Decimal(10_000), settings=settings)


def columns(recording, scenario):
    past = histories(recording, (BTC,), Timeframe.H1)[BTC]
    return decide_columns(Learnt(past, scenario.settings.tuning), scenario)


async def decided(recording, moment, tuning):
    """What the living desk decides at a moment, if it says anything."""
    names, market = count(1), RecordedMarket(recording, SteppedClock(moment))
    form = FormDecisions(
        market,
        rule_analysts(),
        MemoryLedger(),
        Rules(),
        Decimal("0.0002"),
        lambda: f"{next(names)}",
    )
    return next(iter(await form((BTC,), Timeframe.H1, tuning)), None)


@pytest.mark.parametrize("tuning", [Tuning(), LONELY, CROSSING], ids=["all", "one", "crossing"])
async def test_a_row_is_the_decision_of_its_close(recording, tuning):
    made = columns(recording, asked(tuning))
    assert len(made.rows) >= 5
    for place in np.linspace(0, len(made.rows) - 1, 9, dtype=int):
        moment = from_millis(int(made.closes[place]))
        lived = await decided(recording, moment, tuning)
        merged, best = made.merged, lived.best
        assert VERDICTS[merged.verdict[place]] is lived.verdict
        assert SIDES[merged.side[place]] is best.side
        assert made.stop[place] == lived.question.distances[best.side].stop
        assert made.target[place] == lived.question.distances[best.side].target
        told = [merged.p_up, merged.p_target_first, merged.expected, merged.confidence]
        known = [lived.p_up, best.p_target_first, best.expected, lived.confidence]
        assert [column[place] for column in told] == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("tuning", [Tuning(), LONELY], ids=["all", "one"])
async def test_a_row_that_is_left_out_has_no_quorum(recording, tuning):
    made = columns(recording, asked(tuning))
    silent = sorted(set(range(600)) - set(made.rows.tolist()))
    for row in silent[:: len(silent) // 8]:
        lived = await decided(recording, START + (row + 1) * HOUR, tuning)
        assert lived is None or lived.verdict is Verdict.NO_QUORUM


def test_edges_are_those_rows_that_ask_for_a_trade(recording):
    made = columns(recording, asked(LONELY))
    assert 0 < len(made.edges) < len(made.rows)
    assert set(made.merged.verdict[made.edges]) == {VERDICTS.index(Verdict.EDGE)}
    assert (made.merged.expected[made.edges] > LONELY.hurdle).all()
    assert (made.merged.confidence[made.edges] > 0).all()


def test_decisions_lie_within_the_stretch(recording):
    scenario = replace(asked(CROSSING, 500), start=START + 200 * HOUR)
    within, whole = columns(recording, scenario), columns(recording, asked(CROSSING))
    inside = (whole.rows >= 200) & (whole.rows < 500)
    assert within.rows.tolist() == whole.rows[inside].tolist()
    assert within.merged.expected.tolist() == whole.merged.expected[inside].tolist()


@pytest.mark.parametrize("seed", range(5, 9))
async def test_nobody_decides_on_a_history_as_short_as_an_indicator(seed):
    """Some of these have something to say at the very candle that completes the longest one."""
    recording = synthetic(seed, (BTC,), Timeframe.H1, START, 80)
    first = columns(recording, asked(EAGER, 80)).rows[0]
    assert first >= LONGEST
    assert await decided(recording, START + LONGEST * HOUR, EAGER) is None
    assert await decided(recording, START + (int(first) + 1) * HOUR, EAGER)


TIMES = st.lists(st.integers(0, 60), unique=True, max_size=6).map(sorted)


@given(TIMES, st.lists(st.integers(0, 90), min_size=1, max_size=5))
def test_the_funding_that_is_known_is_that_of_the_market(hours, moments):
    time = np.array([3_600_000 * hour for hour in hours], np.int64)
    rate = np.array([0.0001 * (hour + 1) for hour in hours])
    at = np.array([3_600_000 * moment for moment in moments], np.int64)
    told = funding_known(Funding(time, rate), at)
    for moment, known in zip(at.tolist(), told, strict=True):
        now, _ = funding_now(FundingHistory(time, rate), from_millis(moment))
        row = funding_stamp(Funding(time, rate), moment)
        assert exact(known) == (now.rate if now else 0)
        assert now == (None if row is None else FundingHistory(time, rate).row(row))
