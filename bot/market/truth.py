"""Can a candle be true? Asked of one that was called out, or of whole columns at once."""

from typing import Any

import numpy as np


def can_be_true(opened: Any, high: Any, low: Any, close: Any, volume: Any) -> Any:
    """Numbers or columns; one that is no number makes it false."""
    has_body = (low <= opened) & (opened <= high) & (low <= close) & (close <= high)
    return has_body & (low > 0) & (high < np.inf) & (volume >= 0) & (volume < np.inf)
