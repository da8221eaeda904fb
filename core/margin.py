"""What leverage does to a position: where it is liquidated, what it earns, what funding costs.

Amounts are base units, prices quote currency per base unit, money is quote currency, rates and
fractions are plain fractions (0.0005 is five basis points). Contracts are linear.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from core.domain.instrument import MaintenanceTier
from core.domain.trading import Side

ZERO = Decimal(0)
FUNDING_GRACE = timedelta(seconds=15)
STRETCH = Decimal("1.3")


def liquidation_price(
    side: Side, amount: Decimal, entry_price: Decimal, wallet: Decimal, tier: MaintenanceTier
) -> Decimal:
    """The mark price at which an isolated position is taken away; 0 for a long that never is.

    `amount` is positive, `wallet` the isolated margin. Binance's formula for one isolated one-way
    position: ((wallet + deduction) - side*amount*entry) / (amount*rate - side*amount).
    """
    signed = side.sign * amount
    cover = wallet + tier.deduction - signed * entry_price
    return max(ZERO, cover / (amount * tier.rate - signed))


def bankruptcy_price(
    side: Side, amount: Decimal, entry_price: Decimal, margin: Decimal
) -> Decimal:
    """The price at which the loss equals the isolated margin: entry - side*margin/amount."""
    return max(ZERO, entry_price - side.sign * margin / amount)


def liquidation_buffer(entry_price: Decimal, liquidation: Decimal, fraction: Decimal) -> Decimal:
    """The outermost stop that keeps a fraction of the way from liquidation back to the entry.

    As freqtrade's `liquidation_buffer`: liquidation + fraction*(entry - liquidation).
    """
    return liquidation + fraction * (entry_price - liquidation)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """An entry and its exit. Fees are fractions of notional, funding is money received."""

    side: Side
    amount: Decimal
    open_price: Decimal
    close_price: Decimal
    fee_open: Decimal
    fee_close: Decimal
    funding: Decimal = ZERO
    leverage: int = 1

    @property
    def open_value(self) -> Decimal:
        """What a long pays and a short receives at the entry, fee included."""
        return self.amount * self.open_price * (1 + self.side.sign * self.fee_open)

    @property
    def close_value(self) -> Decimal:
        return self.amount * self.close_price * (1 - self.side.sign * self.fee_close)


def trade_profit(trip: RoundTrip) -> Decimal:
    """Money made after both fees and funding, as freqtrade's `Trade.calc_profit`."""
    return trip.side.sign * (trip.close_value - trip.open_value) + trip.funding


def trade_profit_ratio(trip: RoundTrip) -> Decimal:
    """Profit on margin: leverage times profit over the open value, fee included."""
    return trip.leverage * trade_profit(trip) / trip.open_value


def funding_fee(amount: Decimal, mark: Decimal, rate: Decimal) -> Decimal:
    """Money received at a stamp (negative: paid); a short has a negative `amount`.

    Binance: nominal value at the mark price times the rate; longs pay a positive rate.
    """
    return -amount * mark * rate


def owes_funding(stamp: datetime, opened_at: datetime, closed_at: datetime | None = None) -> bool:
    """Does a position that lived from `opened_at` to `closed_at` take part in this stamp?

    Both ends count, and an opening within less than 15 s after a stamp still does: venues settle
    that much late.
    """
    if closed_at is not None and stamp > closed_at:
        return False
    return opened_at - stamp < FUNDING_GRACE


def trailing_stop(stop: Decimal | None, price: Decimal, distance: Decimal, side: Side) -> Decimal:
    """Follow the price at a fraction of it, as freqtrade's `adjust_stop_loss`; never loosen."""
    trailed = price * (1 - side.sign * distance)
    if stop is None:
        return trailed
    return max(stop, trailed) if side is Side.BUY else min(stop, trailed)


def fixed_risk_size(
    risk: Decimal,
    distance: Decimal,
    *,
    hard_limit: Decimal | None = None,
    unit_batch: Decimal = Decimal(1),
    units: int = 1,
) -> Decimal:
    """How much each of `units` orders may be so that all lose `risk` money over `distance`.

    As nautilus_trader's `FixedRiskSizer`: capped, shared out, then rounded down to whole batches,
    so that rounding never risks more.
    """
    if distance <= 0:
        return ZERO
    size = risk / distance
    capped = size if hard_limit is None else min(size, hard_limit)
    batches = (capped / units / unit_batch).to_integral_value(ROUND_FLOOR)
    return max(ZERO, batches * unit_batch)


def validate_stake(
    stake: Decimal,
    minimum: Decimal | None,
    available: Decimal,
    maximum: Decimal,
    already_in_trade: Decimal = ZERO,
) -> Decimal:
    """The stake that venue and wallet allow, 0 for none, as freqtrade's `validate_stake_amount`.

    A stake below the minimum is raised to it, by at most three tenths of itself.
    """
    floor = minimum if minimum is not None else ZERO
    room = min(available, maximum)
    if floor > room:
        return ZERO
    allowed = min(stake, room, maximum - already_in_trade)
    if allowed >= floor:
        return max(ZERO, allowed)
    return floor if floor <= allowed * STRETCH else ZERO
