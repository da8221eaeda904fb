"""A picture that cannot be drawn is refused when it is made."""

from dataclasses import replace

import numpy as np
import pytest

from core.domain.picture import LevelKind, Line, Panel
from tests.bot.charts.pictures import bare, equity, level


def test_a_line_must_be_as_long_as_the_candles():
    with pytest.raises(ValueError, match="EMA: 3 values for 120 moments"):
        replace(bare(), overlays=(Line("EMA", np.zeros(3)),))
    with pytest.raises(ValueError, match="RSI"):
        replace(bare(), panel=Panel((Line("RSI", np.zeros(121)),)))


def test_no_candles_are_no_picture():
    with pytest.raises(ValueError, match="at least one candle"):
        replace(bare(), frame=bare().frame.rows(0, 0))


def test_a_level_needs_a_price():
    with pytest.raises(ValueError, match="needs a price"):
        level(LevelKind.STOP, float("nan"))


def test_an_equity_curve_has_neither_holes_nor_strangers():
    with pytest.raises(ValueError, match="holes"):
        replace(equity(), equity=np.full(500, np.nan))
    with pytest.raises(ValueError, match="BTC"):
        replace(equity(), benchmarks=(Line("BTC", np.zeros(2)),))
    with pytest.raises(ValueError, match="at least one moment"):
        replace(equity(), time=np.array([], dtype=np.int64))
