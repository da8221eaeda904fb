"""Columns against TA-Lib's own streams, one candle at a time, and against somebody else's code."""

import numpy as np
import pytest
from talib import stream

from core.indicators import WARM_UP, indicators
from core.indicators.columns import ROLLED
from tests.core.indicators.markets import COINS, MARKET, recorded, walk

talipp = pytest.importorskip("talipp.indicators")
OHLCV = pytest.importorskip("talipp.ohlcv").OHLCV

SEEN, COUNT = 300, 3_500
MARKETS = [
    *[pytest.param(lambda s=seed: walk(COUNT, s), id=f"made-up {seed}") for seed in range(3)],
    *[
        pytest.param(
            lambda c=coin: recorded(c).rows(5_000, 5_000 + COUNT),
            id=f"recorded {coin}",
            marks=[
                pytest.mark.real,
                pytest.mark.skipif(not MARKET.exists(), reason="no recorded market here"),
            ],
        )
        for coin in COINS
    ],
]


@pytest.fixture(params=MARKETS)
def market(request):
    return request.param()


def streamed(kind, inputs, *numbers):
    """What a stateful stream says after each candle from `SEEN` on, as columns."""
    state = kind(*(column[:SEEN] for column in inputs), *numbers)
    rows = zip(*(column[SEEN:] for column in inputs), strict=True)
    said = [state.update(*(float(value) for value in row)) for row in rows]
    return np.array(said).T


def test_columns_are_what_ta_libs_streams_say(market):
    columns, close = indicators(market), market.close
    range_ = market.high, market.low, close
    lines = streamed(stream.MACD, (close,), 12, 26, 9)
    bands = streamed(stream.BBANDS, (close,), 20, 2.0, 2.0)
    slow, signal = streamed(stream.STOCH, range_, 14, 3, 0, 3, 0)
    for column, expected in (
        (columns.atr, streamed(stream.ATR, range_, 14)),
        (columns.adx, streamed(stream.ADX, range_, 14)),
        (columns.rsi, streamed(stream.RSI, (close,), 14)),
        (columns.ema_fast, streamed(stream.EMA, (close,), 20)),
        (columns.ema_slow, streamed(stream.EMA, (close,), 50)),
        (columns.ema_long, streamed(stream.EMA, (close,), 200)),
        *zip((columns.upper, columns.middle, columns.lower), bands, strict=True),
        *zip((columns.macd, columns.macd_signal, columns.macd_histogram), lines, strict=True),
        (columns.stochastic_k, slow),
        (columns.stochastic_d, signal),
    ):
        np.testing.assert_allclose(column[SEEN:], expected, rtol=1e-12, atol=1e-10)


def test_rolled_columns_are_what_ta_libs_streams_say(market):
    columns, close, volume = indicators(market), market.close, market.volume
    typical = (market.high + market.low + close) / 3
    vwap = streamed(stream.VWMA, (typical, volume), ROLLED)
    mean = streamed(stream.SMA, (volume,), ROLLED)
    spread = streamed(stream.STDDEV, (volume,), ROLLED, 1.0)
    total = np.array(streamed(stream.OBV, (close, volume)))
    np.testing.assert_allclose(columns.vwap[SEEN:], vwap, rtol=1e-9)
    np.testing.assert_allclose(columns.volume_z[SEEN:], (volume[SEEN:] - mean) / spread, rtol=1e-5)
    rolled = columns.on_balance[SEEN + ROLLED :]
    np.testing.assert_allclose(
        rolled, total[ROLLED:] - total[:-ROLLED], atol=1e-9 * np.abs(total).max()
    )


def candles(market):
    columns = (market.open, market.high, market.low, market.close, market.volume)
    return [OHLCV(*(float(x) for x in row)) for row in zip(*columns, strict=True)]


def test_columns_are_what_somebody_elses_code_says(market):
    columns, closes = indicators(market), [float(price) for price in market.close]
    macd = list(talipp.MACD(12, 26, 9, closes))
    bands = list(talipp.BB(20, 2.0, closes))
    expected = {
        "rsi": list(talipp.RSI(14, closes)),
        "atr": list(talipp.ATR(14, candles(market))),
        "upper": [band and band.ub for band in bands],
        "middle": [band and band.cb for band in bands],
        "lower": [band and band.lb for band in bands],
        "macd": [line and line.macd for line in macd],
        "macd_signal": [line and line.signal for line in macd],
        "macd_histogram": [line and line.histogram for line in macd],
        "ema_long": list(talipp.EMA(200, closes)),
        "vwap": list(talipp.VWMA(ROLLED, _typical(market))),
    }
    for name, column in expected.items():
        first = 2 * WARM_UP[name]  # twice, because a millionth is not enough here
        ours, theirs = getattr(columns, name)[first:], np.array(column[first:], dtype=float)
        scale = np.abs(market.close[first:]) if "macd" in name else np.abs(theirs)
        assert np.max(np.abs(ours - theirs) / scale) <= 1e-9, name


def _typical(market):
    prices = (market.high + market.low + market.close) / 3
    rows = zip(prices, market.volume, strict=True)
    return [OHLCV(p, p, p, p, v) for p, v in ((float(a), float(b)) for a, b in rows)]
