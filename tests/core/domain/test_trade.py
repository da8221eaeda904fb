"""What a trade has made, what it is worth open, and what it can still lose."""

from decimal import Decimal

import pytest

from core.domain.trade import TradeStatus
from core.domain.trading import Side
from tests.builders import SYMBOL, plan, trade

SHORT = plan(side=Side.SELL)


def test_the_net_is_what_is_left_after_fees_and_funding():
    made = trade(realized=Decimal(50), fees=Decimal("1.5"), funding=Decimal("-0.5"))

    assert made.net == 48
    assert made.r_multiple == 48 / Decimal("24.9")


@pytest.mark.parametrize(
    ("side", "price", "pnl"),
    [
        (Side.BUY, 65_000, 26),
        (Side.BUY, 63_000, -26),
        (Side.SELL, 65_000, -26),
        (Side.SELL, 63_000, 26),
    ],
)
def test_open_profit_counts_what_remains(side, price, pnl):
    held = trade(plan=plan(side=side), amount=Decimal("0.05"), remaining=Decimal("0.026"))

    assert held.open_pnl(Decimal(price)) == pnl


@pytest.mark.parametrize(
    ("side", "stop", "price", "lost"),
    [
        (Side.BUY, 63_000, 64_000, 26),
        (Side.BUY, 64_500, 64_000, 0),
        (Side.SELL, 65_000, 64_000, 26),
        (Side.SELL, 63_500, 64_000, 0),
    ],
)
def test_a_stop_beyond_the_price_leaves_nothing_to_lose(side, stop, price, lost):
    held = trade(plan=plan(side=side), stop=Decimal(stop))

    assert held.risk_from(Decimal(price)) == lost


@pytest.mark.parametrize("status", TradeStatus)
def test_a_trade_lives_while_it_is_opening_or_open(status):
    live = {TradeStatus.OPENING, TradeStatus.OPEN}

    assert trade(status=status).is_live is (status in live)


def test_a_trade_is_its_plans():
    assert trade(plan=SHORT).side is Side.SELL
    assert trade().symbol == SYMBOL
