"""On which terms a trade could be had now: the price, the venue's steps, what a fill costs."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.market import Quote
from core.domain.trading import Side


@dataclass(frozen=True, slots=True)
class Terms:
    """`slippage` is a fraction of the price, against us, on every fill that takes liquidity."""

    quote: Quote
    instrument: Instrument
    slippage: Decimal

    def loss_per_unit(self, entry: Decimal, stop: Decimal) -> Decimal:
        """What one unit loses from entry to stop, after taker fees and the stop's slippage."""
        fees = self.instrument.taker_fee * (entry + stop)
        return abs(entry - stop) + fees + self.slippage * stop

    def gain_per_unit(self, entry: Decimal, target: Decimal, side: Side) -> Decimal:
        """What one unit earns at a target, where it leaves as a maker."""
        fees = self.instrument.taker_fee * entry + self.instrument.maker_fee * target
        return (target - entry) * side.sign - fees
