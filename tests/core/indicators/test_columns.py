"""Every column against its formula written out longhand, and where it begins to be known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.indicators import LONGEST, WARM_UP, indicators
from core.indicators.columns import ROLLED
from tests.core.indicators.markets import walk
from tests.fakes import frame

WALK = walk(300)
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
        ("ema_long", 199),
        ("rsi", 14),
        ("adx", 27),
        ("upper", 19),
        ("middle", 19),
        ("lower", 19),
        ("macd", 33),
        ("macd_signal", 33),
        ("macd_histogram", 33),
        ("stochastic_k", 17),
        ("stochastic_d", 17),
        ("on_balance", ROLLED),
        ("vwap", ROLLED - 1),
        ("volume_z", ROLLED - 1),
        ("volatility", ROLLED),
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


def test_macd_is_the_fast_average_less_the_slow_one_and_its_signal_their_average():
    averages = [exponential(WALK.close[:row], 12) for row in range(200, 301)]
    slower = [exponential(WALK.close[:row], 26) for row in range(200, 301)]
    lines = np.array(averages) - np.array(slower)

    assert COLUMNS.macd[-101:] == pytest.approx(lines, abs=1e-5)
    assert COLUMNS.macd_signal[-1] == pytest.approx(exponential(lines, 9), abs=1e-5)
    assert COLUMNS.macd_histogram[-1] == COLUMNS.macd[-1] - COLUMNS.macd_signal[-1]


def test_stochastic_places_the_close_between_low_and_high_and_smooths_twice():
    def place(end):
        low, high = WALK.low[end - 14 : end].min(), WALK.high[end - 14 : end].max()
        return 100 * (WALK.close[end - 1] - low) / (high - low)

    slow = [np.mean([place(end - n) for n in range(3)]) for end in (300, 299, 298)]

    assert COLUMNS.stochastic_k[-1] == pytest.approx(slow[0])
    assert COLUMNS.stochastic_d[-1] == pytest.approx(np.mean(slow))


def test_a_market_that_did_not_move_has_no_stochastic_rather_than_a_zero():
    still = indicators(frame([*WALK.close, *[100.0] * 20]))

    assert np.isnan([still.stochastic_k[-1], still.stochastic_d[-1]]).all()


@pytest.mark.parametrize(("column", "rests_on"), [("stochastic_k", 3), ("stochastic_d", 5)])
def test_the_stochastic_is_unknown_until_no_flat_row_is_left_in_it(column, rests_on):
    still = frame([*WALK.close, *[WALK.close[-1]] * 20, *WALK.close])
    highest = [still.high[n - 13 : n + 1].max() for n in range(13, len(still))]
    lowest = [still.low[n - 13 : n + 1].min() for n in range(13, len(still))]
    flat = [False] * 13 + np.equal(highest, lowest).tolist()
    rests = [any(flat[n - rests_on + 1 : n + 1]) for n in range(20, len(still))]

    assert sum(flat) == 7
    assert np.isnan(getattr(indicators(still), column)[20:]).tolist() == rests


def test_closes_that_never_moved_have_no_rsi_rather_than_a_zero():
    assert np.isnan(indicators(frame([100.0] * 300)).rsi).all()

    cheap = indicators(frame([*(5e-6 + 1e-8 * (n % 3) for n in range(20)), *[5e-6] * 280])).rsi
    assert 0 < cheap[40] < 100
    assert np.isnan(cheap[-1])


def test_closes_that_only_fell_have_an_rsi_of_zero():
    assert indicators(frame(np.arange(200.0, 100.0, -1.0))).rsi[-1] == 0


@pytest.mark.parametrize("column", ["open", "high", "low", "close", "volume"])
@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(column, broken):
    prices = np.ones(60)
    prices[30] = broken

    with pytest.raises(ValueError, match="finite"):
        indicators(replace(frame(np.ones(60)), **{column: prices}))


@pytest.mark.parametrize("rows", [1, 2, 13, 49])
def test_a_short_frame_gives_columns_that_know_nothing(rows):
    assert np.isnan(indicators(frame([1.0] * rows)).ema_slow).all()


def test_a_later_candle_changes_no_earlier_row():
    part = indicators(WALK.rows(0, 200))
    for name in WARM_UP:
        whole = getattr(COLUMNS, name)[:200]
        assert np.array_equal(getattr(part, name), whole, equal_nan=True)
