"""Funding is kept in order, each stamp once, and nobody may write into it."""

import numpy as np
import pytest

from bot.market.recording import FundingHistory
from tests.bot.market.tables import funding


def test_funding_refuses_nonsense_at_birth():
    with pytest.raises(ValueError, match="oldest first"):
        funding((8, 0.1), (8, 0.1))
    with pytest.raises(ValueError, match="needs its rate"):
        FundingHistory(np.arange(2), np.zeros(1))


def test_funding_is_read_only():
    with pytest.raises(ValueError, match="read-only"):
        funding((8, 0.1)).rate[0] = 0.2
