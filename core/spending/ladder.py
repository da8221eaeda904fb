"""The steps down as money runs out: cheaper models, then less often, then rules only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

from core.calendar import day_start, month_start
from core.domain.model import Call, PromptKind
from core.spending.caps import Caps

NOTHING = Decimal(0)
FOR_CHAT = Decimal("0.05")


class Rung(IntEnum):
    """FULL asks the whole profile, CHEAPER a cheaper one, SELDOM that at every fourth close and
    without news, RULES nobody.
    """

    FULL = 0
    CHEAPER = 1
    SELDOM = 2
    RULES = 3

    @property
    def reads_news(self) -> bool:
        return self < Rung.SELDOM


STEPS = {
    Rung.RULES: 1 - FOR_CHAT,
    Rung.SELDOM: Decimal("0.85"),
    Rung.CHEAPER: Decimal("0.70"),
}


class Stretch(StrEnum):
    """Which of the two caps is meant."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Spent:
    """US dollars since the day and since the month began; what is reserved counts in full."""

    day: Decimal = NOTHING
    month: Decimal = NOTHING


def spent_by(calls: Iterable[Call], now: datetime) -> Spent:
    """What these calls take of the caps that hold now."""
    today, since = day_start(now), month_start(now)
    counted = [(call.at, call.counts) for call in calls if call.at >= since]
    day = sum((counts for at, counts in counted if at >= today), NOTHING)
    return Spent(day, sum((counts for _, counts in counted), NOTHING))


@dataclass(frozen=True, slots=True)
class Budget:
    """Where the desk stands between nothing spent and nothing left."""

    spent: Spent
    caps: Caps

    @property
    def shares(self) -> dict[Stretch, Decimal]:
        return {
            Stretch.DAY: _share(self.spent.day, self.caps.day),
            Stretch.MONTH: _share(self.spent.month, self.caps.month),
        }

    @property
    def tightest(self) -> Stretch:
        """The cap of which more is gone."""
        shares = self.shares
        return max(shares, key=lambda stretch: shares[stretch])

    @property
    def rung(self) -> Rung:
        share = self.shares[self.tightest]
        return next((rung for rung, step in STEPS.items() if share >= step), Rung.FULL)

    def admits(self, worst: Decimal, kind: PromptKind) -> bool:
        """May a call be reserved? The last of each cap is for questions in the chat."""
        part = 1 if kind is PromptKind.CHAT else 1 - FOR_CHAT
        return (
            self.spent.day + worst <= self.caps.day * part
            and self.spent.month + worst <= self.caps.month * part
        )


def _share(spent: Decimal, cap: Decimal) -> Decimal:
    return spent / cap if cap else Decimal(1)
