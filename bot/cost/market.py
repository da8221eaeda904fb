"""Markets that are full of numbers, so that a prompt about them is as long as it ever gets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np

from bot.market.instruments import KNOWN
from core.committee.question import question
from core.domain.derivatives import Derivatives
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, FundingRate, Origin, Timeframe, to_millis
from core.domain.opinion import Question
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import STANDARD
from core.indicators import indicators

ROWS = 500
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LONGER = (Timeframe.H4, Timeframe.D1)


def markets(count: int, timeframe: Timeframe) -> tuple[MarketSnapshot, ...]:
    """The same for the same question."""
    return tuple(_snapshot(number, timeframe) for number in range(count))


def questions(snapshots: Sequence[MarketSnapshot]) -> tuple[Question, ...]:
    return tuple(question(one, indicators(one.frame), STANDARD) for one in snapshots)


def _snapshot(number: int, timeframe: Timeframe) -> MarketSnapshot:
    frames = [_frame(number, each) for each in (timeframe, *_longer(timeframe))]
    mark = Decimal(repr(float(frames[0].close[-1])))
    told = Derivatives(
        time=NOW,
        mark=mark,
        index=mark * Decimal("0.9996"),
        funding=Decimal("0.0001"),
        predicted=Decimal("0.00012"),
        open_interest=98_432.1,
        open_interest_day=0.0213,
        long_short=1.37,
        liquidated_longs=812_345.0,
        liquidated_shorts=123_456.0,
    )
    return MarketSnapshot(
        _contract(number),
        NOW,
        frames[0],
        Origin.SYNTHETIC,
        FundingRate(NOW, Decimal("0.0001")),
        longer={frame.timeframe: frame for frame in frames[1:]},
        derivatives=told,
    )


def _longer(timeframe: Timeframe) -> tuple[Timeframe, ...]:
    """As the live market shows."""
    return tuple(each for each in LONGER if each.milliseconds > timeframe.milliseconds)


def _contract(number: int) -> Instrument:
    contracts = list(KNOWN.values())
    return replace(contracts[number % len(contracts)], symbol=f"COIN{number + 1}/USDT:USDT")


def _frame(number: int, timeframe: Timeframe) -> CandleFrame:
    random = np.random.default_rng([number, timeframe.milliseconds])
    width = 0.007 * np.sqrt(timeframe.milliseconds / Timeframe.H1.milliseconds)
    close = 100 * np.exp(np.cumsum(width * random.normal(size=ROWS)))
    opened = np.concatenate((close[:1], close[:-1]))
    reach = close * width * random.random((2, ROWS))
    last = to_millis(timeframe.floor(NOW))
    time = last - timeframe.milliseconds * np.arange(ROWS, 0, -1, dtype=np.int64)
    high, low = np.maximum(opened, close) + reach[0], np.minimum(opened, close) - reach[1]
    return CandleFrame(timeframe, time, opened, high, low, close, 1_000 * random.random(ROWS))
