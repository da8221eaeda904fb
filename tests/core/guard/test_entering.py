"""What keeps an entry in, rule by rule, at the last number that passes and the first that does not."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.restraint import Cause, Reason
from core.domain.trade import TradeStatus
from core.domain.trading import Account, OrderType, Side
from core.guard.caps import Caps
from core.guard.entering import Barred, barred, closed, held, told_by_the_gate
from core.risk import OLDEST_PRICE, Period
from tests.builders import NOON, PLAN, SYMBOL, order, settings, trade
from tests.core.guard.entries import CAPS, RICH, caps, entering, position, quote

ETH = "ETH/USDT:USDT"
BREATH = timedelta(microseconds=1)
CENT = Decimal("0.01")
MARK = Decimal(64_000)
HALT = Cause(Reason.DISK, NOON)
REST = Cause(Reason.DAY_LOSS, NOON, until=NOON + timedelta(hours=1))
MONEY = st.decimals("0.01", "1000000", places=2)


def said(**changes):
    return barred(entering(**changes), CAPS)


def at(price, side=Side.BUY, kind=OrderType.IOC):
    return order(price=Decimal(price), side=side, type=kind)


def ago(*seconds):
    return tuple(NOON - timedelta(seconds=s) for s in seconds)


def worth(notional):
    """An order of that notional at the mark."""
    return order(price=MARK, amount=Decimal(notional) / MARK)


def test_an_ordinary_entry_passes():
    assert said() is None
    assert closed(SYMBOL, settings(), reconciled=True) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"paused": True}, Barred.PAUSED),
        ({"paused": True, "causes": (HALT,)}, Barred.PAUSED),
        ({"causes": (HALT,)}, Barred.HALTED),
        ({"causes": (REST,)}, Barred.REDUCING),
        ({"causes": (REST, HALT)}, Barred.HALTED),
        ({"symbols": (ETH,)}, Barred.SYMBOL),
    ],
)
def test_the_accounts_state_and_its_symbols_come_first(changes, why):
    assert closed(SYMBOL, settings(**changes), reconciled=True) is why


def test_nobody_enters_before_ledger_and_venue_agree():
    assert closed(SYMBOL, settings(), reconciled=False) is Barred.UNRECONCILED


@pytest.mark.parametrize("sign", [1, -1])
def test_a_price_must_be_fresh_and_the_venues_own(sign):
    assert said(quote=quote(time=NOON - sign * OLDEST_PRICE)) is None
    assert said(quote=quote(time=NOON - sign * (OLDEST_PRICE + BREATH))) is Barred.STALE
    assert said(quote=quote(elsewhere=True)) is Barred.STALE


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("kind", [OrderType.IOC, OrderType.LIMIT, OrderType.POST_ONLY])
def test_nobody_pays_more_than_two_percent_beyond_the_mark(side, kind):
    edge = MARK * (1 + side.sign * Decimal("0.02"))
    assert said(order=at(edge, side, kind)) is None
    assert said(order=at(edge + side.sign * CENT, side, kind)) is Barred.BAND


@pytest.mark.parametrize("side", Side)
def test_only_an_order_that_rests_may_wait_far_away_on_its_own_side(side):
    far = MARK * (1 - side.sign * Decimal("0.3"))
    assert said(order=at(far, side, OrderType.IOC)) is Barred.BAND
    assert said(order=at(far, side, OrderType.LIMIT), quote=quote()) is None


def test_a_market_order_is_judged_by_the_last_price():
    market = order(type=OrderType.MARKET, price=None)
    assert said(order=market) is None
    assert said(order=market, quote=quote(last=MARK * Decimal("1.021"))) is Barred.BAND
    assert said(order=market, quote=quote(last=MARK * Decimal("0.979"))) is Barred.BAND


def test_eight_entries_a_minute_and_twenty_an_hour():
    assert said(sent=ago(*range(7))) is None
    assert said(sent=ago(*range(8))) is Barred.RATE
    assert said(sent=ago(*range(7), 60)) is None
    assert said(sent=ago(*range(60, 79))) is None
    assert said(sent=ago(*range(60, 80))) is Barred.RATE
    assert said(sent=ago(*range(60, 79), 3600)) is None


def test_a_symbol_is_not_churned():
    assert said(trips=5) is None
    assert said(trips=6) is Barred.CHURN


def test_one_order_is_twice_the_equity_at_most():
    assert said(order=worth(20_000)) is None
    assert said(order=worth(20_001)) is Barred.ORDER_SIZE


def test_an_order_counts_at_the_dearest_price_it_could_have():
    small = order(price=MARK, amount=Decimal(20_000) / MARK)
    assert said(order=small, quote=quote(mark=MARK + 1)) is Barred.ORDER_SIZE
    assert said(order=small, quote=quote(last=MARK + 1)) is Barred.ORDER_SIZE


def test_an_account_is_four_times_the_equity_at_most():
    assert said(order=worth(1_000), held=Decimal(39_000)) is None
    assert said(order=worth(1_001), held=Decimal(39_000)) is Barred.ACCOUNT_SIZE


def test_a_cap_in_money_holds_whatever_equity_somebody_reads():
    capped = caps(notional=Decimal(5_000))
    absurd = Decimal(10**9)
    rich = {"equity": absurd, "started": dict.fromkeys(Period, absurd)}
    assert barred(entering(order=worth(5_000), **rich), capped) is None
    assert barred(entering(order=worth(5_001), **rich), capped) is Barred.ACCOUNT_SIZE


def test_an_account_without_money_enters_nothing():
    empty = entering(equity=Decimal(0), started={})
    assert barred(empty, CAPS) is Barred.ORDER_SIZE


@pytest.mark.parametrize(
    ("period", "cap"),
    [
        (Period.DAY, "0.01"),
        (Period.WEEK, "0.02"),
        (Period.MONTH, "0.02"),
        (Period.ROLLING, "0.02"),
    ],
)
def test_losses_stop_entries_whatever_risk_has_said(period, cap):
    start = {period: RICH}
    left = RICH * (1 - Decimal(cap))
    assert said(started=start, equity=left + CENT) is None
    assert said(started=start, equity=left) is Barred(f"{period}_loss")


@given(MONEY, MONEY, st.decimals("0.001", "1", places=3))
def test_after_a_months_loss_no_entry_passes(start, lost, cap):
    """However large or small: equity at the start less the cap, or less than that."""
    left = max(start * (1 - cap) - lost, Decimal(0))
    case = entering(started={Period.MONTH: start}, equity=left)
    assert barred(case, Caps(month_loss=cap)) is not None


@given(MONEY, MONEY, MONEY, MONEY)
def test_what_passes_keeps_both_caps(amount, equity, others, mark):
    case = entering(
        order=order(price=mark, amount=amount),
        quote=quote(mark=mark, last=mark),
        equity=equity,
        held=others,
        started={},
    )
    if barred(case, CAPS) is None:
        assert amount * mark <= 2 * equity
        assert others + amount * mark <= 4 * equity


@given(st.lists(st.integers(0, 7_200), max_size=40))
def test_what_passes_keeps_the_pace(seconds):
    if said(sent=ago(*seconds)) is None:
        assert sum(s < 60 for s in seconds) < 8
        assert sum(s < 3600 for s in seconds) < 20


def test_codes_of_the_gate_are_told_from_a_venues():
    assert all(told_by_the_gate(barrier.code) is barrier for barrier in Barred)
    assert told_by_the_gate("symbol") is None
    assert told_by_the_gate("-2019") is None


class TestHeld:
    FLAT = Account(RICH, RICH, RICH)

    def holding(self, *positions):
        return replace(self.FLAT, positions=positions)

    def test_an_empty_account_holds_nothing(self):
        assert held(self.FLAT, (), "x") == 0

    def test_the_venues_positions_count_on_both_sides_whoever_has_opened_them(self):
        account = self.holding(position("0.5"), position("-2", ETH, 3_000))
        assert held(account, (), "x") == 32_000 + 6_000

    def test_a_position_that_the_venue_has_not_shown_yet_counts_as_it_was_entered(self):
        assert held(self.FLAT, (trade(),), "x") == Decimal("0.026") * 64_000

    def test_of_two_answers_about_one_symbol_the_larger_counts(self):
        own = trade()
        assert held(self.holding(position("0.026")), (own,), "x") == Decimal("0.026") * 64_000
        assert held(self.holding(position("0.5")), (own,), "x") == 32_000
        assert held(self.holding(position("0.001")), (own,), "x") == Decimal("0.026") * 64_000

    def test_an_entry_on_its_way_counts_on_top_and_this_one_does_not(self):
        coming = trade(id="other", status=TradeStatus.OPENING, remaining=Decimal(0))
        assert held(self.holding(position("0.5")), (coming,), "x") == 32_000 + PLAN.notional
        assert held(self.holding(position("0.5")), (coming,), "other") == 32_000
