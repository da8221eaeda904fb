"""How a paper position grows, shrinks and ruins itself."""

from dataclasses import replace
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.paper import Holding
from core.domain.trading import Side
from core.margin import bankruptcy_price, liquidation_price

GRAIN = Decimal("1e-12")


def money(amount: Decimal) -> Decimal:
    """To the nearest grain: sums of grains are exact, so a wallet always adds up."""
    return amount.quantize(GRAIN)


def side_of(holding: Holding) -> Side:
    return Side.BUY if holding.amount > 0 else Side.SELL


def margin_for(amount: Decimal, price: Decimal, leverage: int) -> Decimal:
    return money(abs(amount) * price / leverage)


def enlarged(holding: Holding, amount: Decimal, price: Decimal) -> Holding:
    """More of the same at another price; an open position keeps its leverage."""
    total = holding.amount + amount
    worth = holding.amount * holding.entry_price + amount * price
    return replace(
        holding,
        amount=total,
        entry_price=money(worth / total),
        margin=holding.margin + margin_for(amount, price, holding.leverage),
    )


def reduced(holding: Holding, amount: Decimal) -> Holding | None:
    """What is left, with its share of the margin, when `amount` (positive) has been closed."""
    left = abs(holding.amount) - amount
    if not left:
        return None
    return replace(
        holding,
        amount=left * side_of(holding).sign,
        margin=money(holding.margin * left / abs(holding.amount)),
    )


def closable(holding: Holding | None, side: Side) -> Decimal:
    """How much an order of this side could close."""
    if holding is None or side_of(holding) is side:
        return Decimal(0)
    return abs(holding.amount)


def realized(holding: Holding, amount: Decimal, price: Decimal) -> Decimal:
    """The profit, before fees, of closing `amount` (positive) at a price."""
    return profit(side_of(holding), amount, holding.entry_price, price)


def profit(side: Side, amount: Decimal, entry_price: Decimal, price: Decimal) -> Decimal:
    """What a round trip of `amount` (positive) earns before fees."""
    return money((price - entry_price) * amount * side.sign)


def liquidation_of(holding: Holding, instrument: Instrument) -> Decimal:
    amount = abs(holding.amount)
    tier = instrument.tier(amount * holding.entry_price)
    return liquidation_price(side_of(holding), amount, holding.entry_price, holding.margin, tier)


def bankruptcy_of(holding: Holding) -> Decimal:
    side = side_of(holding)
    amount = abs(holding.amount)
    return money(bankruptcy_price(side, amount, holding.entry_price, holding.margin))


def is_ruinous(holding: Holding, price: Decimal) -> bool:
    """Would closing here lose more than the margin?"""
    loss = (holding.entry_price - price) * holding.amount
    return loss > holding.margin
