"""Every column against its formula written out longhand, and where it begins to be known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.indicators import LONGEST, indicators
from tests.fakes import frame

WALK = frame(100 * np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.01, 300))), reach=0.3)
COLUMNS = indicators(WALK)
CHANNEL = 48


def exponential(values, length):
    """Seeded with the mean of the first `length` values."""
    mean = float(np.mean(values[:length]))
    for value in values[length:]:
        mean += (value - mean) * 2 / (length + 1)
    return mean


def wilder(values, length=14):
    mean = float(np.mean(values[:length]))
    for value in values[length:]:
        mean = (mean * (length - 1) + value) / length
    return mean


@pytest.mark.parametrize(
    ("column", "unknown"),
    [
        ("atr", 14),
        ("ema_fast", 19),
        ("ema_slow", LONGEST - 1),
        ("rsi", 14),
        ("adx", 27),
        ("upper", 19),
        ("middle", 19),
        ("lower", 19),
    ],
)
def test_a_column_is_unknown_until_it_has_seen_enough(column, unknown):
    values = getattr(COLUMNS, column)

    assert len(values) == len(WALK)
    assert np.isnan(values[:unknown]).all()
    assert np.isfinite(values[unknown:]).all()


def test_a_channel_is_unknown_until_it_has_a_past():
    channel = COLUMNS.channel(CHANNEL)
    for column in (channel.highest, channel.lowest):
        assert np.isnan(column[:CHANNEL]).all()
        assert np.isfinite(column[CHANNEL:]).all()
    assert COLUMNS.channel(CHANNEL) is channel


def test_averages_follow_their_recursion():
    assert COLUMNS.ema_fast[-1] == pytest.approx(exponential(WALK.close, 20))
    assert COLUMNS.ema_slow[-1] == pytest.approx(exponential(WALK.close, 50))


def test_atr_is_wilders_mean_of_the_true_range():
    before = WALK.close[:-1]
    highest, lowest = np.maximum(WALK.high[1:], before), np.minimum(WALK.low[1:], before)

    assert COLUMNS.atr[-1] == pytest.approx(wilder(highest - lowest))


def test_rsi_weighs_gains_against_losses():
    steps = np.diff(WALK.close)
    gains, losses = wilder(np.maximum(steps, 0)), wilder(np.maximum(-steps, 0))

    assert COLUMNS.rsi[-1] == pytest.approx(100 * gains / (gains + losses))


def test_the_bands_lie_two_population_deviations_around_their_mean():
    last = WALK.close[-20:]

    assert COLUMNS.middle[-1] == pytest.approx(np.mean(last))
    assert COLUMNS.upper[-1] == pytest.approx(np.mean(last) + 2 * np.std(last))
    assert COLUMNS.lower[-1] == pytest.approx(np.mean(last) - 2 * np.std(last))


def test_the_channel_spans_the_candles_before_and_not_the_row_itself():
    assert COLUMNS.channel(CHANNEL).highest[-1] == np.max(WALK.high[-CHANNEL - 1 : -1])
    assert COLUMNS.channel(CHANNEL).lowest[-1] == np.min(WALK.low[-CHANNEL - 1 : -1])

    jumped = frame([*[100.0] * 60, 200.0])
    assert indicators(jumped).channel(CHANNEL).highest[-1] == 100


def test_a_trend_without_a_pause_has_an_adx_of_a_hundred():
    assert indicators(frame(np.arange(100.0, 200.0))).adx[-1] == pytest.approx(100)


@pytest.mark.parametrize("column", ["high", "low", "close"])
@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_a_price_that_is_not_finite_is_refused(column, broken):
    prices = np.ones(60)
    prices[30] = broken

    with pytest.raises(ValueError, match="finite"):
        indicators(replace(frame(np.ones(60)), **{column: prices}))


@pytest.mark.parametrize("rows", [1, 2, 13, 49])
def test_a_short_frame_gives_columns_that_know_nothing(rows):
    assert np.isnan(indicators(frame([1.0] * rows)).ema_slow).all()


def test_a_later_candle_changes_no_earlier_row():
    part = indicators(WALK.rows(0, 200))
    for name in ("atr", "ema_slow", "rsi", "adx", "upper"):
        whole = getattr(COLUMNS, name)[:200]
        assert np.array_equal(getattr(part, name), whole, equal_nan=True)
