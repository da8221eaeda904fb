"""Orders that no venue could understand are never made; positions know their side."""

from decimal import Decimal

import pytest

from core.domain.paper import Book
from core.domain.trading import Account, OrderState, OrderStatus, OrderType, Position, Side
from tests.builders import NOON, SYMBOL, order

HELD = Position(
    symbol=SYMBOL,
    amount=Decimal("-0.5"),
    entry_price=Decimal(64_000),
    leverage=3,
    margin=Decimal(10_000),
    mark_price=Decimal(63_000),
    liquidation_price=Decimal(84_000),
    opened_at=NOON,
)


def test_the_sides_are_opposites():
    assert Side.BUY.opposite is Side.SELL
    assert Side.SELL.opposite is Side.BUY
    assert (Side.BUY.sign, Side.SELL.sign) == (1, -1)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_order_has_a_positive_amount(amount):
    with pytest.raises(ValueError, match="positive amount"):
        order(amount=Decimal(amount))


@pytest.mark.parametrize("kind", [OrderType.LIMIT, OrderType.IOC])
def test_a_limit_needs_a_price(kind):
    with pytest.raises(ValueError, match="needs a price"):
        order(type=kind, price=None)


@pytest.mark.parametrize("kind", [OrderType.STOP_MARKET, OrderType.TAKE_PROFIT])
@pytest.mark.parametrize("level", [None, Decimal(0)])
def test_an_order_that_waits_needs_a_level(kind, level):
    with pytest.raises(ValueError, match="stop price"):
        order(type=kind, stop_price=level)


def test_a_market_order_needs_neither():
    assert order(type=OrderType.MARKET, price=None).stop_price is None


def test_a_negative_amount_is_a_short_that_gains_when_the_price_falls():
    assert HELD.side is Side.SELL
    assert HELD.unrealized_pnl == 500


def test_an_account_finds_its_position_by_symbol():
    account = Account(Decimal(1), Decimal(1), Decimal(1), (HELD,))

    assert account.position(SYMBOL) is HELD
    assert account.position("ETH/USDT:USDT") is None


def test_a_book_with_an_order_waiting_is_not_empty():
    waiting = OrderState(order(), OrderStatus.OPEN, Decimal(0), NOON)
    book = Book(symbol=SYMBOL, seen=NOON, mark=Decimal(1))

    assert book.is_empty
    assert not Book(symbol=SYMBOL, seen=NOON, mark=Decimal(1), orders=(waiting,)).is_empty
