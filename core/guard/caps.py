"""Hard limits of one account, below whatever can be set in the chat; the environment sets them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.risk import Period

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """`order` and `account` are notional in multiples of equity, `notional` the same in money,
    because equity may be misread too; `band`, and the losses, are fractions.

    The defaults are as wide as the widest that the chat offers, so that they only ever stop what
    should have been impossible: four times the equity in all, half of that in one order; a full
    set of eight positions in a minute; six round trips of one symbol in a day, where rests of two
    hours leave room for fewer; two percent from the mark, where a card's limit lies a tenth of its
    stop's distance away.
    """

    order: Decimal = Decimal(2)
    account: Decimal = Decimal(4)
    notional: Decimal | None = None
    per_minute: int = 8
    per_hour: int = 20
    round_trips: int = 6
    band: Decimal = Decimal("0.02")
    month_loss: Decimal = Decimal("0.02")

    def loss(self, period: Period) -> Decimal:
        """The share of the equity at its start that a period may lose: a day half of a month's."""
        return self.month_loss / 2 if period is Period.DAY else self.month_loss


STANDARD = Caps()
