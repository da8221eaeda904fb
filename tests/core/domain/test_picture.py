"""Pictures that could not be drawn are never asked for."""

import math

import numpy as np
import pytest

from core.domain.picture import Band, CandlePicture, EquityPicture, Level, LevelKind, Line, Panel
from tests.fakes import frame

CURVE = EquityPicture(title="", subtitle="", time=np.arange(3), equity=np.array([1.0, 2.0, 3.0]))
SHORT = Line("short", np.zeros(2))
WHOLE = Line("whole", np.zeros(3))


def curve(**changes):
    return EquityPicture(
        **{"title": "", "subtitle": "", "time": CURVE.time, "equity": CURVE.equity} | changes
    )


def candles(**changes):
    return CandlePicture(**{"title": "", "subtitle": "", "frame": frame([1, 2, 3])} | changes)


@pytest.mark.parametrize("price", [math.nan, math.inf])
def test_a_level_needs_a_price(price):
    assert Level(LevelKind.STOP, 1.5, "Stop", "1.5").price == 1.5
    with pytest.raises(ValueError, match="needs a price"):
        Level(LevelKind.STOP, price, "Stop", "?")


def test_a_picture_shows_something():
    with pytest.raises(ValueError, match="at least one candle"):
        candles(frame=frame([]))
    with pytest.raises(ValueError, match="at least one moment"):
        curve(time=np.arange(0), equity=np.zeros(0))


@pytest.mark.parametrize(
    "part",
    [
        {"overlays": (WHOLE, SHORT)},
        {"panel": Panel((WHOLE, SHORT))},
        {"band": Band("short", SHORT.column, SHORT.column)},
    ],
)
def test_lines_over_candles_are_as_long_as_the_candles(part):
    assert candles(overlays=(WHOLE,), panel=Panel((WHOLE,), WHOLE.column)).overlays == (WHOLE,)
    with pytest.raises(ValueError, match="short: 2 values for 3 moments"):
        candles(**part)


@pytest.mark.parametrize(
    "part", [{"benchmarks": (SHORT,)}, {"drawdown": SHORT}, {"equity": np.zeros(2)}]
)
def test_lines_beside_a_curve_are_as_long_as_the_curve(part):
    assert curve(benchmarks=(WHOLE,), drawdown=WHOLE).drawdown is WHOLE
    with pytest.raises(ValueError, match="2 values for 3 moments"):
        curve(**part)


def test_bars_below_the_candles_are_as_many_as_the_candles():
    with pytest.raises(ValueError, match="bars: 2 values for 3 moments"):
        candles(panel=Panel((WHOLE,), bars=SHORT.column))


def test_a_panel_has_something_to_show():
    with pytest.raises(ValueError, match="at least one line"):
        Panel(())


def test_an_equity_curve_has_no_holes():
    with pytest.raises(ValueError, match="no holes"):
        curve(equity=np.array([1.0, math.nan, 3.0]))
