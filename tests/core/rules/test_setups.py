"""Which situations the rules see, in columns set by hand."""

from dataclasses import replace

import numpy as np
import pytest

from core.indicators import Indicators
from core.rules.setups import FRESH, breakout, mean_reversion, trend
from tests.fakes import frame

NOTHING = Indicators(*[np.array([np.nan])] * 10)
ONE = frame([100.0])


def columns(**numbers) -> Indicators:
    return replace(NOTHING, **{name: np.array([value]) for name, value in numbers.items()})


@pytest.mark.parametrize(
    ("fast", "slow", "adx", "setup"),
    [
        (106.0, 100.0, 19.0, 1),
        (94.0, 100.0, 19.0, -1),
        (105.0, 100.0, 19.0, 0),
        (95.0, 100.0, 19.0, 0),
        (106.0, 100.0, 18.0, 0),
        (94.0, 100.0, 18.0, 0),
        (106.0, np.nan, 19.0, 0),
        (106.0, 100.0, np.nan, 0),
    ],
)
def test_a_trend_is_half_an_atr_between_the_averages_and_an_adx_over_eighteen(
    fast, slow, adx, setup
):
    made = trend(ONE, columns(ema_fast=fast, ema_slow=slow, atr=10.0, adx=adx))

    assert list(made) == [setup]


@pytest.mark.parametrize(
    ("middle", "setup"),
    [(107.6, 1), (107.5, 0), (100.0, 0), (92.5, 0), (92.4, -1), (np.nan, 0)],
)
def test_a_close_far_below_its_mean_is_bullish_and_far_above_bearish(middle, setup):
    made = mean_reversion(ONE, columns(middle=middle, upper=middle + 10.0))

    assert list(made) == [setup]


def test_a_market_without_any_movement_has_no_setup():
    flat = columns(ema_fast=100.0, ema_slow=100.0, atr=0.0, adx=99.0, middle=100.0, upper=100.0)

    assert list(trend(ONE, flat)) == [0]
    assert list(mean_reversion(ONE, flat)) == [0]


def broken(*closes: float) -> list[int]:
    """The channel lies between 90 and 110."""
    whole = frame(closes)
    edges = {"highest": np.full(len(closes), 110.0), "lowest": np.full(len(closes), 90.0)}
    return list(breakout(whole, replace(NOTHING, **edges)))


def test_a_breakout_is_a_close_outside_the_channel_and_not_on_its_edge():
    assert broken(110, 111) == [0, 1]
    assert broken(90, 89) == [0, -1]


def test_a_breakout_stays_fresh_for_six_candles():
    assert broken(111, *[100] * 7) == [1] * FRESH + [0, 0]


def test_the_latest_breakout_counts():
    assert broken(111, 100, 89, 100, 112) == [1, 1, -1, -1, 1]


def test_before_the_channel_is_known_nothing_breaks_out():
    whole = frame([100.0] * 8)
    unknown = np.full(8, np.nan)

    assert not breakout(whole, replace(NOTHING, highest=unknown, lowest=unknown)).any()


def test_an_empty_frame_has_no_setups():
    made = breakout(frame([]), replace(NOTHING, highest=np.zeros(0), lowest=np.zeros(0)))

    assert made.dtype == np.int8
    assert len(made) == 0
