"""What a perpetual's own market says beside its price: mark, funding, open interest, crowding."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivatives:
    """As one venue told it at `time`; None is unknown, never zero.

    Prices are in quote currency, `funding` and `predicted` fractions per interval, open interest
    in base units, `open_interest_day` its change over a day as a fraction, `long_short` accounts
    that are long for each that is short, liquidations quote currency within the last hour.
    """

    time: datetime
    mark: Decimal | None = None
    index: Decimal | None = None
    funding: Decimal | None = None
    predicted: Decimal | None = None
    next_funding: datetime | None = None
    interval: timedelta | None = None
    open_interest: float | None = None
    open_interest_day: float | None = None
    long_short: float | None = None
    liquidated_longs: float | None = None
    liquidated_shorts: float | None = None

    @property
    def basis(self) -> Decimal | None:
        """How far the mark stands above the index, as a fraction."""
        if self.mark is None or not self.index:
            return None
        return self.mark / self.index - 1

    def words(self) -> Iterator[str]:
        """Every field as text, for a content hash."""
        return (f"{field.name}={getattr(self, field.name)}" for field in fields(self))
