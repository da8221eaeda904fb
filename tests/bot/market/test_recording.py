"""Funding is kept in order, each stamp once, and nobody may write into it."""

import numpy as np
import pytest

from bot.market.recording import FundingHistory, Recording
from core.domain.market import Origin, Timeframe
from tests.bot.market.tables import funding
from tests.fakes import frame


def test_funding_refuses_nonsense_at_birth():
    with pytest.raises(ValueError, match="oldest first"):
        funding((8, 0.1), (8, 0.1))
    with pytest.raises(ValueError, match="needs its rate"):
        FundingHistory(np.arange(2), np.zeros(1))


def test_funding_is_read_only():
    with pytest.raises(ValueError, match="read-only"):
        funding((8, 0.1)).rate[0] = 0.2


def test_candles_too_long_for_a_question_are_left_out_where_there_are_shorter_ones():
    every = {f: frame([1.0, 2.0], f) for f in (Timeframe.M1, Timeframe.H1, Timeframe.D1)}
    whole = Recording(Origin.RECORDED, {"BTC": every, "ETH": {Timeframe.D1: every[Timeframe.D1]}})
    short = whole.up_to(Timeframe.H1)
    assert list(short.candles["BTC"]) == [Timeframe.M1, Timeframe.H1]
    assert list(short.candles["ETH"]) == [Timeframe.D1]
    assert list(whole.up_to(Timeframe.M1).candles["BTC"]) == [Timeframe.M1]
