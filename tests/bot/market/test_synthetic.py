"""A made-up market is the same for the same seed, and behaves like a real one."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.synthetic import PROFILES, synthetic
from core.domain.market import Floats, Origin, Timeframe
from core.errors import UnknownSymbol
from tests.bot.market.tables import BTC, ETH, START, at

SYMBOLS = (BTC, ETH, "SOL/USDT:USDT")
YEAR = 8_766


def correlation(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def columns(recording, symbol, count):
    frame = recording.candles[symbol][Timeframe.H1].rows(0, count)
    return [frame.time, frame.open, frame.high, frame.low, frame.close, frame.volume]


@pytest.fixture(scope="module")
def five_years():
    return synthetic(7, SYMBOLS, Timeframe.H1, START, 5 * YEAR)


@pytest.fixture(scope="module")
def returns(five_years):
    return {
        symbol: np.diff(np.log(frames[Timeframe.H1].close))
        for symbol, frames in five_years.candles.items()
    }


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_it_moves_like_crypto(returns, symbol):
    moves = returns[symbol]
    kurtosis = ((moves - moves.mean()) ** 4).mean() / moves.var() ** 2
    assert 0.40 < moves.std() * YEAR**0.5 < 0.90
    assert kurtosis > 4
    assert abs(correlation(moves[1:], moves[:-1])) < 0.15
    assert correlation(abs(moves[1:]), abs(moves[:-1])) > 0.1


def test_symbols_move_together(returns):
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert 0.7 < correlation(returns[SYMBOLS[one]], returns[SYMBOLS[other]]) < 0.9


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_its_candles_are_true_ones(five_years, symbol):
    time, opened, high, low, close, volume = columns(five_years, symbol, 5 * YEAR)
    assert (np.diff(time) == 3_600_000).all()
    assert (opened[1:] == close[:-1]).all()
    assert (high >= np.maximum(opened, close)).all()
    assert (low <= np.minimum(opened, close)).all()
    assert low.min() > PROFILES[symbol].price / 100
    assert close.max() < PROFILES[symbol].price * 100
    assert (volume >= 0).all()
    assert correlation(volume * close, abs(np.log(close / opened))) > 0.5


def test_its_prices_lie_on_ticks(five_years):
    contract = RecordedMarket(five_years, SteppedClock(START)).instrument(BTC)
    frame = five_years.candles[BTC][Timeframe.H1]
    for row in range(0, len(frame), 997):
        candle = frame.candle(row)
        for price in (candle.open, candle.high, candle.low, candle.close):
            assert price % contract.tick_size == 0
        assert candle.volume % contract.step_size == 0


def test_funding_follows_momentum_around_a_hundredth_of_a_percent(five_years):
    funding = five_years.funding[BTC]
    close = five_years.candles[BTC][Timeframe.H1].close
    assert (funding.time % (8 * 3_600_000) == 0).all()
    assert len(funding) == 5 * YEAR // 8
    assert 0.00005 < funding.rate.mean() < 0.00015
    assert abs(funding.rate).max() < 0.003
    rows = np.arange(80, 5 * YEAR, 8) - 1
    momentum = np.log(close[rows] / close[rows - 72])
    assert correlation(momentum, funding.rate[9:]) > 0.8


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 500), st.integers(1, 300), st.integers(0, 2**32))
def test_a_longer_market_begins_with_the_shorter_one(count, more, seed):
    short = synthetic(seed, [BTC], Timeframe.H1, START, count)
    long = synthetic(seed, [BTC, ETH], Timeframe.H1, START, count + more)
    pairs = zip(columns(short, BTC, count), columns(long, BTC, count), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)
    assert np.array_equal(
        short.funding[BTC].rate, long.funding[BTC].rate[: len(short.funding[BTC])]
    )


def test_another_seed_is_another_market():
    one, other = (synthetic(seed, [BTC], Timeframe.H1, START, 50) for seed in (1, 2))
    assert columns(one, BTC, 50)[4].tolist() != columns(other, BTC, 50)[4].tolist()
    assert one.origin is Origin.SYNTHETIC


def test_this_seed_has_always_been_this_market():
    frame = synthetic(1, [BTC], Timeframe.H1, at(0.4), 3).candles[BTC][Timeframe.H1]
    assert frame.time[0] == START.timestamp() * 1000
    assert frame.close.tolist() == [59563.4, 59384.3, 58753.3]


@pytest.mark.parametrize("timeframe", Timeframe)
def test_every_timeframe_has_about_the_same_volatility(timeframe):
    candles = (
        20 * YEAR * 3_600_000 // timeframe.milliseconds if timeframe is Timeframe.D1 else 9_000
    )
    frame = synthetic(3, [BTC], timeframe, START, candles).candles[BTC][timeframe]
    yearly = (
        np.diff(np.log(frame.close)).std() * (YEAR * 3_600_000 / timeframe.milliseconds) ** 0.5
    )
    assert 0.25 < yearly < 0.9


def test_symbols_nobody_has_described_are_unknown():
    with pytest.raises(UnknownSymbol):
        synthetic(1, ["NEW/USDT:USDT"], Timeframe.H1, START, 5)
    with pytest.raises(ValueError, match="at least one candle"):
        synthetic(1, [BTC], Timeframe.H1, START, 0)


def test_a_year_of_three_symbols_is_made_quickly():
    began = time.perf_counter()
    synthetic(1, SYMBOLS, Timeframe.H1, START, YEAR)
    assert time.perf_counter() - began < 0.5
