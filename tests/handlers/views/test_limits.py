"""No screen outgrows Telegram or the telephone, whatever the numbers are."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Origin
from core.domain.people import Language
from core.domain.proposal import ProposalStatus, Refusal, Rule, Target
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Account, OrderState, OrderStatus, OrderType, Side
from core.trail import Trail
from handlers.screens import CAPTION_LIMIT, TEXT_LIMIT, visible_length
from handlers.views.flat import flat, flat_list
from handlers.views.position import position_card, position_list
from handlers.views.proposal import card
from handlers.views.report import Asked, report_view
from handlers.views.status import status_view
from handlers.views.tables import balance_view, orders_view, trades_view
from handlers.views.why import why
from tests.builders import NOON, decision, instrument, order, plan, proposal, trade
from tests.handlers.views.facts import (
    FOUR_PM,
    PEPE,
    VIEWS,
    card_facts,
    position_facts,
    quote,
    reader,
    report,
    status_facts,
)
from tests.handlers.views.telephone import fits

CHEAP = instrument(symbol=PEPE, tick_size=Decimal("0.0000001"), step_size=Decimal(1))
DEAR = instrument(tick_size=Decimal("0.1"))
TINY = instrument(symbol="SHIB/USDT:USDT", tick_size=Decimal("0.00000001"), step_size=Decimal(1))
HUGE = Decimal(123456789012)
BOTH = [reader(Language.EN, 1440), reader(Language.KO, 1440)]
PRICED = [
    (DEAR, "123456.7", "12.345"),
    (CHEAP, "0.0123456", "9876543"),
    (TINY, "0.00000123", "987654321"),
]


def priced(contract, price, amount, **changes):
    """A plan around a price, with a stop, two targets and a liquidation price on their ticks."""
    here = Decimal(price)
    on_tick = contract.round_price
    return plan(
        symbol=contract.symbol,
        amount=Decimal(amount),
        entry_limit=here,
        stop_loss=on_tick(here * Decimal("0.986")),
        targets=tuple(
            Target(on_tick(here * Decimal(f)), Decimal("0.5")) for f in ("1.02", "1.04")
        ),
        liquidation_price=on_tick(here * Decimal("0.67")),
        **changes,
    )


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
@pytest.mark.parametrize(("contract", "price", "amount"), PRICED, ids=["dear", "cheap", "tiny"])
def test_a_card_fits_under_its_chart(who, contract, price, amount):
    facts = card_facts(
        proposal=proposal(plan=priced(contract, price, amount)), instrument=contract
    )
    fits(card(who, facts), CAPTION_LIMIT)


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
@pytest.mark.parametrize(("contract", "price", "amount"), PRICED, ids=["dear", "cheap", "tiny"])
def test_a_position_fits(who, contract, price, amount):
    here = Decimal(price)
    traded = trade(
        plan=priced(contract, price, amount),
        entry_price=here,
        amount=Decimal(amount),
        remaining=Decimal(amount),
        trailing=True,
        funding=Decimal("-12.34"),
        stop=contract.round_price(here * Decimal("0.986")),
        targets=priced(contract, price, amount).targets,
    )
    mark = quote(contract.symbol, str(contract.round_price(here * Decimal("1.01"))))
    later = FOUR_PM + timedelta(days=99, hours=23)
    fits(
        position_card(
            who, position_facts(trade=traded, instrument=contract, quote=mark, now=later)
        )
    )


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_fifty_positions_fit_in_one_list(who):
    many = [
        position_facts(trade=trade(id=f"{n:06}", realized=Decimal(n) * 1000)) for n in range(50)
    ]
    fits(position_list(who, many))


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_fifty_trades_fit_in_one_history(who):
    over = [
        trade(status=TradeStatus.CLOSED, exit=why_, realized=Decimal(n * 1000), closed_at=NOON)
        for n in range(5)
        for why_ in Exit
    ]
    fits(trades_view(who, over, Origin.SYNTHETIC, 50))


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_many_orders_fit(who):
    kinds = (OrderType.STOP_MARKET, OrderType.TAKE_PROFIT)
    waiting = [
        OrderState(
            order(
                type=kind,
                symbol=PEPE,
                price=None,
                stop_price=Decimal(price),
                amount=Decimal(amount),
            ),
            OrderStatus.OPEN,
            Decimal(0),
            NOON,
        )
        for kind in kinds
        for price, amount in (("0.0123456", "9876543"), ("123456.7", "12.345"))
        for _ in range(12)
    ]
    fits(orders_view(who, waiting, Origin.SYNTHETIC))


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_a_balance_of_twelve_digits_fits(who):
    fits(balance_view(who, Account(HUGE, HUGE + Decimal("0.01"), Decimal(1)), Origin.SYNTHETIC))


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_a_report_of_everything_fits_under_its_curve(who):
    endings = [
        trade(status=TradeStatus.CLOSED, exit=kind, realized=HUGE, closed_at=NOON) for kind in Exit
    ]
    answers = dict.fromkeys(ProposalStatus, 9_999)
    shadows = dict.fromkeys(ProposalStatus, Decimal("-1234.56"))
    full = report(endings, answers, shadows)
    full = replace(full, money=replace(full.money, start=HUGE, end=HUGE, fees=HUGE, funding=-HUGE))
    fits(report_view(who, full, status_facts(), Asked("span.range", "all")), CAPTION_LIMIT)


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_a_status_with_many_symbols_fits(who):
    coins = {
        f"COIN{n:02}/USDT:USDT": quote(f"COIN{n:02}/USDT:USDT", "123456.7") for n in range(40)
    }
    chosen = replace(status_facts().settings, symbols=tuple(coins))
    facts = status_facts(quotes=coins, instruments=dict.fromkeys(coins, DEAR), settings=chosen)
    fits(status_view(who, facts))


@pytest.mark.parametrize("who", BOTH, ids=["en", "ko"])
def test_why_and_quiet_answers_fit(who):
    talkative = decision(views=VIEWS * 6)
    fits(flat(who, talkative, Refusal(Rule.NO_EDGE), status_facts()))
    fits(flat_list(who, [(talkative, Refusal(Rule.PAUSED))] * 20, status_facts()))
    assert visible_length(why(who, Trail(decision=talkative))) <= TEXT_LIMIT


def test_a_side_of_the_market_is_never_told_by_colour_alone():
    for side, word in ((Side.BUY, "LONG"), (Side.SELL, "SHORT")):
        facts = position_facts(trade=trade(plan=plan(side=side)))
        assert f"BTC {word} " in position_card(reader(), facts).text
