"""What trading on paper costs beside the venue's fees."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.domain.trading import Side

# How far back an IOC order looks for the candle whose volume it shares, step by step.
LOOKBACKS = (timedelta(minutes=2), timedelta(hours=2), timedelta(days=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """`slippage` is a fraction of the price, against us on every taker fill; so is half of
    `spread`, the gap between bid and ask around the recorded price. `volume_share` is how much of
    a candle's volume one resting or IOC order may take.
    """

    slippage: Decimal = Decimal("0.0002")
    volume_share: Decimal = Decimal("0.1")
    spread: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for cost in (self.slippage, self.spread):
            if not 0 <= cost < Decimal("0.5"):
                raise ValueError(f"slippage and spread must lie in 0..0.5, were {cost}")
        if not 0 <= self.volume_share <= 1:
            raise ValueError(f"a volume share must lie in 0..1, was {self.volume_share}")

    def slipped(self, price: Decimal, side: Side) -> Decimal:
        """The worse price that a taker gets."""
        return price * (1 + side.sign * self.taken)

    @property
    def taken(self) -> Decimal:
        """What a taker pays beyond the recorded price, as a fraction of it."""
        return self.slippage + self.spread / 2


STANDARD = Costs()
