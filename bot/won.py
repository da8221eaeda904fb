"""A rate that somebody has typed in, for desks that see no Korean venue."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.won import Premium, WonRate
from core.ports import Clock

TYPED = "typed"


@dataclass(frozen=True, slots=True)
class TypedWon:
    """`core.ports.Won` out of the settings; None where they are silent."""

    clock: Clock
    krw: Decimal | None

    def rate(self) -> WonRate | None:
        return WonRate(self.clock.now(), self.krw, TYPED) if self.krw else None

    async def premium(self, symbol: str, price: Decimal) -> Premium | None:
        return None
