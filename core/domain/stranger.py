"""A position that the desk has not opened: reported once, and left alone until somebody says otherwise."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.trading import Side


class StrangerStatus(StrEnum):
    """ASKED waits for an answer; MINE is a person's own business until it changes; OVER is gone,
    or the desk's by now.
    """

    ASKED = "asked"
    MINE = "mine"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """One per account and symbol. A short one has a negative amount.

    `stop` is where adopting would set one and `risk` what it would lose there; None in a contract
    that the desk does not know.
    """

    account: str
    symbol: str
    amount: Decimal
    entry_price: Decimal
    stop: Decimal | None
    risk: Decimal | None
    status: StrangerStatus
    seen_at: datetime

    @property
    def side(self) -> Side:
        return Side.BUY if self.amount > 0 else Side.SELL

    @property
    def is_there(self) -> bool:
        return self.status is not StrangerStatus.OVER
