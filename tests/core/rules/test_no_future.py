"""What had not closed by a moment has no say in what the desk makes of that moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bot.market.recording import FundingHistory, Recording
from bot.market.synthetic import synthetic
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.domain.opinion import Opinion
from core.domain.proposal import Proposal
from tests.builders import SYMBOL
from tests.core.rules.desks import desk

START = datetime(2026, 1, 5, tzinfo=UTC)
WHOLE = synthetic(7, (SYMBOL,), Timeframe.H1, START, 3_600)
LOOKS = [START + timedelta(hours=hours) for hours in range(3_300, 3_420, 3)]
INTO_THE_CANDLE = timedelta(minutes=59)


def with_candles(frame: CandleFrame, funding: FundingHistory) -> Recording:
    return replace(WHOLE, candles={SYMBOL: {Timeframe.H1: frame}}, funding={SYMBOL: funding})


def another_future(moment: datetime, seed: int) -> Recording:
    """The same past; the candle that runs keeps its open, everything after is made up anew."""
    frame = WHOLE.candles[SYMBOL][Timeframe.H1]
    closed = frame.closed_by(moment)
    drift = np.exp(np.random.default_rng(seed).normal(0, 0.2, len(frame)))
    drift[:closed] = 1.0
    opens = frame.open * np.where(np.arange(len(frame)) == closed, 1.0, drift)
    close = frame.close * drift
    changed = replace(
        frame,
        open=opens,
        high=np.maximum(frame.high * drift, np.maximum(opens, close)),
        low=np.minimum(frame.low * drift, np.minimum(opens, close)),
        close=close,
        volume=frame.volume * drift,
    )
    return with_candles(changed, _funding_until(moment))


def _funding_until(moment: datetime) -> FundingHistory:
    funding = WHOLE.funding[SYMBOL]
    later = funding.time > to_millis(moment)
    return FundingHistory(funding.time, np.where(later, -9 * funding.rate, funding.rate))


async def judged(recording: Recording, moment: datetime):
    """The decision and what the account makes of it, a minute before the candle closes."""
    return await desk(recording, moment).look(moment + INTO_THE_CANDLE)


@pytest.mark.parametrize("seed", [1, 2])
async def test_another_future_changes_no_decision_and_no_proposal(seed):
    spoke = cards = 0
    for moment in LOOKS:
        (answer,) = await judged(WHOLE, moment)
        changed = await judged(another_future(moment + INTO_THE_CANDLE, seed), moment)
        assert changed == (answer,)
        spoke += any(isinstance(view, Opinion) for view in answer.decision.views)
        cards += isinstance(answer.outcome, Proposal)
    assert spoke > 20
    assert cards > 1


async def test_a_market_that_ends_now_is_judged_like_one_that_goes_on():
    moment = LOOKS[0]
    frame = WHOLE.candles[SYMBOL][Timeframe.H1]
    cut = with_candles(frame.rows(0, frame.closed_by(moment) + 1), WHOLE.funding[SYMBOL])

    assert await judged(cut, moment) == await judged(WHOLE, moment)


async def test_another_past_is_seen():
    moment = LOOKS[0]
    (answer,) = await judged(WHOLE, moment)
    (changed,) = await judged(another_future(moment - timedelta(hours=1), 1), moment)

    assert changed.decision.snapshot != answer.decision.snapshot
    assert changed.decision.question != answer.decision.question
