"""What the committee of the grid's desk sees: an edge upwards, always the same."""

from datetime import datetime, timedelta
from typing import Any

from core.domain.opinion import Decision, Forecast, Question
from core.domain.trading import Side
from tests.builders import decision
from tests.simulation.orders.desk import DISTANCES


def decided(symbol: str, now: datetime, quote: Any) -> Decision:
    return decision(
        id="d1",
        symbol=symbol,
        as_of=now,
        question=Question(
            symbol, now, float(quote.last), timedelta(hours=1), dict.fromkeys(Side, DISTANCES)
        ),
        best=Forecast(side=Side.BUY, p_target_first=0.5, break_even=0.3, expected=0.004),
        confidence=1.0,
    )
