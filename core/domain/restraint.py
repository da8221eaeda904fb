"""What keeps an account from trading freely: how far, for which reasons, since when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TradingState(StrEnum):
    """REDUCING enters nothing; HALTED does nothing that is anybody's wish. Stops, protection and
    closes pass in all three.
    """

    ACTIVE = "active"
    REDUCING = "reducing"
    HALTED = "halted"


class Reason(StrEnum):
    """Why an account is restrained; each is a key of the locales."""

    DAY_LOSS = "day_loss"
    WEEK_LOSS = "week_loss"
    MONTH_LOSS = "month_loss"
    SLIPPAGE = "slippage"
    FAR_FILL = "far_fill"
    BALANCE = "balance"
    REJECTS = "rejects"
    DIVERGENCE = "divergence"
    CLOCK = "clock"
    DISK = "disk"
    UNRECONCILED = "unreconciled"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason. With `until` it only reduces, and passes by itself; without, it halts.

    `detail` are numbers that need no words: a symbol, a sum, a share.
    """

    reason: Reason
    at: datetime
    detail: str = ""
    until: datetime | None = None

    @property
    def halts(self) -> bool:
        return self.until is None

    def is_over(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now


def state_of(causes: tuple[Cause, ...]) -> TradingState:
    if any(cause.halts for cause in causes):
        return TradingState.HALTED
    return TradingState.REDUCING if causes else TradingState.ACTIVE
