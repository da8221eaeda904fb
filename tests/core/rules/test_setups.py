"""Which situations the rules see, in columns set by hand."""

import numpy as np
import pytest

from core.domain.tuning import STANDARD, Tuning
from core.indicators import Channel, Indicators
from core.rules import setups
from core.rules.setups import crossing
from tests.fakes import frame

FRESH = STANDARD.fresh
ONE = frame([100.0])


def columns(**numbers) -> Indicators:
    """Indicators set by hand; a middle and an upper band are known by `_bands`."""
    made = Indicators(ONE)
    known = {name: np.array([value]) for name, value in numbers.items()}
    bands = (known.pop("upper", None), known.pop("middle", None), None)
    vars(made).update(known, _bands=bands)
    return made


def within(highest, lowest) -> Indicators:
    made = Indicators(ONE)
    made._channels[STANDARD.channel] = Channel(highest, lowest)
    return made


def trend(whole, known):
    return setups.trend(whole, known, STANDARD)


def mean_reversion(whole, known):
    return setups.mean_reversion(whole, known, STANDARD)


def breakout(whole, known):
    return setups.breakout(whole, known, STANDARD)


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
    edges = within(np.full(len(closes), 110.0), np.full(len(closes), 90.0))
    return list(breakout(whole, edges))


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

    assert not breakout(whole, within(unknown, unknown)).any()


def test_an_empty_frame_has_no_setups():
    made = breakout(frame([]), within(np.zeros(0), np.zeros(0)))

    assert made.dtype == np.int8
    assert len(made) == 0


def crossed(fast, slow, rsi=50.0) -> list[int]:
    made = Indicators(ONE)
    vars(made).update(
        ema_fast=np.array(fast), ema_slow=np.array(slow), rsi=np.full(len(fast), rsi)
    )
    return list(crossing(ONE, made, STANDARD))


def test_a_crossing_speaks_at_the_close_where_the_averages_change_places():
    assert crossed([9.0, 11.0, 12.0], [10.0, 10.0, 10.0]) == [0, 1, 0]
    assert crossed([11.0, 9.0, 8.0], [10.0, 10.0, 10.0]) == [0, -1, 0]
    assert crossed([10.0, 11.0], [10.0, 10.0]) == [0, 1]


def test_a_crossing_needs_a_row_before_it_that_was_known():
    assert crossed([9.0, 11.0], [np.nan, 10.0]) == [0, 0]


@pytest.mark.parametrize(("rsi", "up", "down"), [(70.0, 0, -1), (30.0, 1, 0), (50.0, 1, -1)])
def test_a_crossing_that_rsi_has_run_ahead_of_is_left_alone(rsi, up, down):
    assert crossed([9.0, 11.0], [10.0, 10.0], rsi)[1] == up
    assert crossed([11.0, 9.0], [10.0, 10.0], rsi)[1] == down


def test_another_tuning_sees_other_situations():
    calm = columns(ema_fast=103.0, ema_slow=100.0, atr=10.0, adx=15.0)

    assert list(setups.trend(ONE, calm, STANDARD)) == [0]
    assert list(setups.trend(ONE, calm, Tuning(trend_in_atr=0.2, trend_adx=14.0))) == [1]
