"""Reports, tables and balances, word for word."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.contest import Contest
from core.domain.market import Origin
from core.domain.people import Language
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit
from core.domain.trading import Account, OrderState, OrderStatus, OrderType
from core.reports import Money
from handlers.views.report import Asked, report_view
from handlers.views.tables import balance_view, orders_view, trades_csv, trades_view
from tests.builders import NOON, event, order
from tests.handlers.views.facts import FOUR_PM, reader, report, standing, status_facts
from tests.handlers.views.test_position import STOPPED

WON = replace(
    STOPPED, exit=Exit.TARGET, realized=Decimal("40.2"), fees=Decimal("1.1"), funding=Decimal(0)
)
FULL = report(
    (STOPPED, WON),
    {
        ProposalStatus.APPROVED: 2,
        ProposalStatus.EXPIRED: 3,
        ProposalStatus.REJECTED: 1,
        ProposalStatus.REPLACED: 4,
    },
    {ProposalStatus.EXPIRED: Decimal("1.21"), ProposalStatus.REJECTED: Decimal(-1)},
)
WEEK = Asked("span.week", "week")


def test_the_report_in_english():
    assert report_view(reader(), FULL, status_facts(), WEEK).text == (
        "PAPER · synthetic data\n"
        "<b>Week 12-29 00:00 – 01-01 16:00 · +0.10% · month +0.10% (limit -1.50%)</b>\n"
        "1 Equity 10,009.60 USDT\n"
        "2 Change +9.60 = trading +13.35 · fees -3.33 · funding -0.42 (open included)\n"
        "3 Closed 2: Stopped 1, Target 1 · +0.58R\n"
        "4 Open positions 1 · orders 3\n"
        "5 Left before the month limit: 120.6 USDT (1.20%)\n"
        "6 Proposals 6: approved 2 · rejected 1 (-1.00R) · expired 3 (+1.21R)\n"
        "7 Deepest drawdown 0.50%\n"
        "8 Wins 50% · profit factor 1.58 · expectancy +0.29R\n"
        "9 Sharpe 1.38 · Sortino 2.26"
    )


def test_the_report_in_korean():
    assert report_view(reader(Language.KO, 1440), FULL, status_facts(), WEEK).text == (
        "모의 · 합성 데이터\n"
        "<b>이번 주 12-29 09:00 – 01-02 01:00 · +0.10% · 이달 +0.10% (한도 -1.50%)</b>\n"
        "1 자산 10,009.60 USDT (1,441만 원, 1,440원)\n"
        "2 변화 +9.60 = 매매 +13.35 · 수수료 -3.33 · 펀딩 -0.42 (미실현 포함)\n"
        "3 종료 2건: 손절 1, 익절 1 · +0.58R\n"
        "4 열린 포지션 1 · 주문 3\n"
        "5 이달 한도까지 120.6 USDT (1.20%)\n"
        "6 제안 6: 승인 2 · 거절 1 (-1.00R) · 만료 3 (+1.21R)\n"
        "7 최대 낙폭 0.50%\n"
        "8 승률 50% · 손익 배수 1.58 · 기대값 +0.29R\n"
        "9 샤프 1.38 · 소르티노 2.26"
    )


def test_what_is_announced_for_the_coming_day_is_the_tenth_line():
    near = event(at=FOUR_PM + timedelta(hours=6.5))
    text = report_view(reader(), FULL, status_facts(events=(near,)), WEEK).text
    assert text.splitlines()[-1] == "10 22:30 US CPI: no entries 22:00-23:30"


def test_a_report_of_nothing_has_no_signs_before_its_zeros():
    nothing = report(money=Money(Decimal(10_000), Decimal(10_000), Decimal(0), Decimal(0)))
    lines = report_view(reader(), nothing, status_facts(), WEEK).text.splitlines()
    assert lines[3:5] == [
        "2 Change 0.00 = trading 0.00 · fees 0.00 · funding 0.00 (open included)",
        "3 Closed 0",
    ]
    assert "6 Proposals 0: -" in lines


def test_a_spent_budget_is_nothing_left_not_less_than_nothing():
    broke = standing(equity=Decimal(9_800))
    account = Account(Decimal(9_800), Decimal(9_800), Decimal(9_800))
    facts = status_facts(standing=broke, account=account)
    text = report_view(reader(), report(), facts, WEEK).text
    assert "5 Left before the month limit: 0.00 USDT (0.00%)" in text


def test_every_ending_is_counted_largest_first():
    endings = Counter({Exit.TIME: 1, Exit.STOP: 3, Exit.TRAIL: 2})
    many = report((STOPPED,) * 6, exits=endings)
    text = report_view(reader(), many, status_facts(), WEEK).text
    assert "Closed 6: Stopped 3, Trailing stop 2, Time stop 1 · -5.96R" in text


def test_the_buttons_ask_for_the_same_report_again():
    asked = Asked("span.range", "2024-01-01 2024-01-31")
    spans, files = report_view(reader(), FULL, status_facts(), asked).keyboard
    assert [key.argument for key in spans] == ["day", "week", "month", "all"]
    assert [key.argument for key in files] == ["2024-01-01 2024-01-31"] * 2


def test_the_curve_is_drawn_once_there_are_two_marks():
    assert report_view(reader(), FULL, status_facts(), WEEK).picture.watermark == "synthetic data"
    short = replace(FULL, curve=replace(FULL.curve, time=FULL.curve.time[:1]))
    assert report_view(reader(), short, status_facts(), WEEK).picture is None


def test_history_is_newest_first_and_no_longer_than_asked():
    view = trades_view(reader(), (STOPPED, WON), Origin.SYNTHETIC, 1)
    assert view.text == (
        "PAPER · synthetic data\n<b>Last 1 of 2 trades</b>\n<pre>01-01 +39.1 BTC L Target</pre>"
    )


def test_history_in_korean():
    view = trades_view(reader(Language.KO), (STOPPED, WON), Origin.SYNTHETIC, 10)
    assert view.text == (
        "모의 · 합성 데이터\n"
        "<b>거래 2건 중 최근 2건</b>\n"
        "<pre>01-02 +39.1 BTC 롱 익절\n"
        "01-02 -24.7 BTC 롱 손절</pre>"
    )


def test_the_file_has_every_figure_exactly():
    head, row = trades_csv((STOPPED,)).decode("utf-8-sig").splitlines()
    assert head.split(",") == [
        *("id", "symbol", "side", "amount", "entry", "exit", "opened", "closed", "reason"),
        *("realized", "fees", "funding", "net", "r"),
    ]
    assert row == (
        "k7q2e,BTC/USDT:USDT,buy,0.026,64000,63120,2024-01-01T12:00:00+00:00,"
        "2024-01-01T16:00:00+00:00,stop,-22.9,1.65,-0.17,-24.72,-0.9927710843373493975903614458"
    )


def test_the_balance():
    account = status_facts().account
    assert balance_view(reader(), account, Origin.SYNTHETIC).text == (
        "PAPER · synthetic data\n"
        "<b>10,009.60 USDT</b>\n"
        "<pre>10,009.60  equity\n"
        " 9,999.17  wallet\n"
        "   552.77  margin\n"
        " 9,446.40  free\n"
        "   +10.43  open PnL</pre>"
    )


def test_the_balance_in_won():
    text = balance_view(reader(Language.KO, 1440), status_facts().account, Origin.SYNTHETIC).text
    assert "<b>10,009.60 USDT · 약 1,441만 원</b>" in text


def test_orders_are_told_by_price_amount_and_kind():
    waiting = [
        OrderState(order(**kind), OrderStatus.OPEN, Decimal(0), NOON)
        for kind in (
            {"type": OrderType.STOP_MARKET, "stop_price": Decimal(63_120), "price": None},
            {"type": OrderType.TAKE_PROFIT, "stop_price": Decimal(65_100), "price": None},
            {"type": OrderType.MARKET, "price": None},
            {"type": OrderType.LIMIT},
        )
    ]
    assert orders_view(reader(), waiting, Origin.SYNTHETIC).text == (
        "PAPER · synthetic data\n"
        "<b>4 orders in the market</b>\n"
        "<pre>63,120 0.026 BTC stop\n"
        "65,100 0.026 BTC target\n"
        "market 0.026 BTC market\n"
        "64,010 0.026 BTC limit</pre>"
    )


def test_a_filled_part_of_an_order_is_not_shown_as_waiting():
    half = OrderState(order(), OrderStatus.OPEN, Decimal("0.02"), FOUR_PM)
    assert "0.006 BTC" in orders_view(reader(), [half], Origin.SYNTHETIC).text


CONTEST = Contest(
    committee=Decimal("0.0012"),
    rules=Decimal("-0.0004"),
    cost=Decimal("0.0008"),
    hold=0.031,
    held="BTC/USDT:USDT",
    trades=(5, 4),
    differ=False,
)


def test_the_report_compares_the_committee_with_its_rules_and_with_doing_nothing():
    text = report_view(reader(), replace(FULL, contest=CONTEST), status_facts(), WEEK).text
    assert (
        "30 days: with AI +0.04% (its cost 0.08% included) · rules only -0.04%"
        " · BTC held +3.10% · not distinguishable"
    ) in text


def test_the_comparison_in_korean_where_the_past_is_not_known():
    sure = replace(CONTEST, hold=None, differ=True)
    text = report_view(reader(Language.KO), replace(FULL, contest=sure), status_facts(), WEEK).text
    assert "30일: AI 포함 +0.04% (AI 비용 0.08% 뺀 값) · 규칙만 -0.04% · 차이 뚜렷" in text
