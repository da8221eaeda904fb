"""How many candles each indicator needs until the past no longer matters, and who says so."""

from dataclasses import fields

import numpy as np
import pytest

from core.domain.market import CandleFrame
from core.indicators import WARM_UP, Readings, indicators, readings
from tests.core.indicators.markets import COINS, MARKET, recorded, walk
from tests.fakes import frame

HISTORY, MILLIONTH = 4_000, 1e-6
NAMES = [field.name for field in fields(Readings)]


def error(market: CandleFrame, name: str, candles: int) -> float:
    """How far the last value over so many candles lies from that over all of them."""
    whole = getattr(indicators(market), name)
    part = getattr(indicators(market.rows(len(market) - candles, len(market))), name)
    around_zero = name.startswith("macd")
    size = np.sqrt(np.nanmean(whole**2)) if around_zero else abs(whole[-1])
    return abs(part[-1] - whole[-1]) / size


def test_the_table_knows_every_reading_and_nothing_else():
    assert list(WARM_UP) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_after_its_warm_up_a_value_is_true_to_a_millionth(name):
    for seed in range(20):
        assert error(walk(HISTORY, seed), name, WARM_UP[name]) <= MILLIONTH


@pytest.mark.real
@pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("coin", COINS)
def test_on_recorded_candles_too(name, coin):
    market = recorded(coin)
    for end in np.linspace(HISTORY, len(market), 12).astype(int):
        stretch = market.rows(int(end) - HISTORY, int(end))
        assert error(stretch, name, WARM_UP[name]) <= MILLIONTH


@pytest.mark.parametrize("name", ["ema_long", "rsi", "adx", "macd"])
def test_a_much_shorter_warm_up_would_not_do(name):
    errors = [error(walk(HISTORY, seed), name, WARM_UP[name] * 2 // 3) for seed in range(20)]
    assert max(errors) > MILLIONTH


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_is_unknown_one_candle_before_it_is_warm(name):
    market = walk(HISTORY)
    for candles, known in ((WARM_UP[name] - 1, False), (WARM_UP[name], True)):
        now = readings(indicators(market.rows(HISTORY - candles, HISTORY)))
        assert (getattr(now, name) is not None) is known


def test_readings_are_the_last_row_of_the_columns():
    columns = indicators(walk(HISTORY))
    now = readings(columns)
    assert {n: getattr(now, n) for n in NAMES} == {n: getattr(columns, n)[-1] for n in NAMES}


def test_what_has_no_answer_is_none_and_not_a_number():
    now = readings(indicators(frame([100.0] * 100)))
    assert (now.stochastic_k, now.volume_z) == (None, None)
    assert now.middle == 100
