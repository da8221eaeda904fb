"""Entries that would pass, for tests that change what should not."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from core.domain.market import Quote
from core.domain.trading import Position
from core.guard.caps import Caps
from core.guard.entering import Entering
from core.risk import Period
from tests.builders import NOON, ORDER, SYMBOL

RICH = Decimal(10_000)
QUOTE = Quote(SYMBOL, NOON, Decimal(64_000), Decimal(64_000))
ENTERING = Entering(
    order=ORDER,
    now=NOON,
    quote=QUOTE,
    equity=RICH,
    held=Decimal(0),
    started=dict.fromkeys(Period, RICH),
)
CAPS = Caps()

entering = partial(replace, ENTERING)
quote = partial(replace, QUOTE)
caps = partial(replace, CAPS)


def position(amount: str, symbol: str = SYMBOL, mark: int = 64_000) -> Position:
    return Position(
        symbol=symbol,
        amount=Decimal(amount),
        entry_price=Decimal(mark),
        leverage=3,
        margin=Decimal(100),
        mark_price=Decimal(mark),
        liquidation_price=Decimal(1),
        opened_at=NOON,
    )
