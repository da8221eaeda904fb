"""A position's card, word for word, while it lives and when it is over."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import FundingRate
from core.domain.people import Language
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Side
from handlers.views.closed import closed_text
from handlers.views.position import confirm_keyboard, position_card, position_list
from tests.builders import SYMBOL, plan, trade
from tests.handlers.views.facts import (
    ETH,
    FOUR_PM,
    position_facts,
    quote,
    reader,
    standing,
    status_facts,
)

ENGLISH = """\
PAPER · synthetic data · #K7Q2E
<b>BTC LONG · closing now gives +4.9 USDT (+0.20R)</b>
<pre>64,000.0       entry
64,251.9  +6.5 mark
63,120.0 -22.9 stop
65,100.0 +14.3 target
66,100.0 +27.3 target
42,838.0       liquidation
   0.026 1,671 BTC / USDT</pre>
Stop seen on exchange 15:59:57 (3 s ago)
Round-trip fees -1.7, funding 0.00 included · open 4h, since 12:00"""

KOREAN = """\
모의 · 합성 데이터 · #K7Q2E
<b>BTC 롱 · 지금 종료하면 +4.9 USDT (+0.20R, 7,030원)</b>
<pre>64,000.0       진입
64,251.9  +6.5 현재(mark)
63,120.0 -22.9 손절
65,100.0 +14.3 익절
66,100.0 +27.3 익절
42,838.0       강제청산
   0.026 1,671 BTC / USDT</pre>
손절 거래소 확인 00:59:57 (3초 전)
왕복 수수료 -1.7 · 펀딩 0.00 포함 · 4시간째 (21:00부터)"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "The price is of 01-01 15:59; nothing newer has been heard."),
        (Language.KO, "01-02 00:59 시세입니다. 그 뒤로 새 시세가 없습니다."),
    ],
)
def test_a_price_that_is_old_is_called_old(language, said):
    facts = position_facts()
    old = replace(facts, quote=replace(facts.quote, time=FOUR_PM - timedelta(seconds=31)))
    assert said in position_card(reader(language), old).text
    assert said not in position_card(reader(language), facts).text


def test_funding_ahead_is_a_countdown_and_money():
    rate = FundingRate(FOUR_PM - timedelta(hours=8), Decimal("0.0001"))
    due = FOUR_PM + timedelta(minutes=102)
    facts = position_facts(funding=rate, next_funding=due)
    assert position_card(reader(), facts).text.endswith("\nFunding in 1h 42m: -0.17 USDT")
    short = replace(facts, trade=replace(facts.trade, plan=plan(side=Side.SELL)))
    assert position_card(reader(), short).text.endswith("\nFunding in 1h 42m: +0.17 USDT")
    past = replace(facts, next_funding=FOUR_PM - timedelta(seconds=1))
    assert "Funding in" not in position_card(reader(), past).text


STOPPED = trade(
    status=TradeStatus.CLOSED,
    exit=Exit.STOP,
    exit_price=Decimal(63_120),
    remaining=Decimal(0),
    realized=Decimal("-22.9"),
    fees=Decimal("1.65"),
    funding=Decimal("-0.17"),
    closed_at=FOUR_PM,
)


def closed(who, what, **facts):
    return closed_text(who, what, status_facts(**facts), "USDT").splitlines()


@pytest.mark.parametrize(
    ("who", "text"),
    [(reader(), ENGLISH), (reader(Language.KO, 1440), KOREAN)],
    ids=["english", "korean"],
)
def test_the_card(who, text):
    assert position_card(who, position_facts()).text == text


def test_what_destroys_comes_last():
    rows = position_card(reader(), position_facts()).keyboard
    assert [[key.label for key in row] for row in rows] == [
        ["Break-even", "Trail", "Edit levels"],
        ["Close half +2.4", "Close all +4.9"],
    ]


def test_the_question_lasts_five_seconds_and_counts_once():
    ((sure,), (back,)) = confirm_keyboard(reader(), position_facts(), "0.5")
    assert (sure.label, sure.once, sure.seconds) == ("Really close +2.4", True, 5)
    assert (back.label, back.once) == ("‹ Back", False)


def test_a_stop_nobody_has_seen_yet_is_said():
    text = position_card(reader(), position_facts(stop_seen=None)).text
    assert "Stop not seen on the exchange yet" in text


def test_a_target_that_was_hit_leaves_the_card():
    half = trade(targets_hit=1, remaining=Decimal("0.013"), trailing=True)
    text = position_card(reader(), position_facts(trade=half)).text
    assert text.count("target") == 1
    assert "The stop trails the price." in text


def test_an_entry_of_many_fills_is_shown_on_the_tick():
    text = position_card(
        reader(), position_facts(trade=trade(entry_price=Decimal(64_000) / 3))
    ).text
    assert "<pre>21,333.3 " in text


@pytest.mark.parametrize(
    ("why", "english", "korean"),
    [
        (Exit.STOP, "Stopped", "손절"),
        (Exit.BREAK_EVEN, "Break-even", "본절"),
        (Exit.TRAIL, "Trailing stop", "트레일"),
        (Exit.TARGET, "Target", "익절"),
        (Exit.TIME, "Time stop", "시간 종료"),
        (Exit.PERSON, "You closed", "직접 종료"),
        (Exit.PANIC, "Panic", "긴급 종료"),
        (Exit.LIQUIDATION, "Liquidated", "강제청산"),
        (Exit.NAKED, "No stop possible", "손절 불가"),
        (Exit.VENUE, "Exchange closed", "거래소 종료"),
    ],
)
def test_every_ending_has_its_words(why, english, korean):
    over = replace(STOPPED, exit=why)
    assert closed(reader(), over)[0] == f"<b>{english}. BTC LONG -24.7 USDT (-0.99R)</b>"
    assert closed(reader(Language.KO), over)[0] == f"<b>{korean}. BTC 롱 -24.7 USDT (-0.99R)</b>"


def test_a_stop_inside_the_plan_says_so_and_what_rests():
    rests = standing(rests_until={SYMBOL: FOUR_PM + timedelta(hours=4)})
    assert closed(reader(), STOPPED, standing=rests)[1:] == [
        "Inside the plan. Nothing to do.",
        "Month budget left 1.20%.",
        "BTC rests until 20:00.",
    ]


def test_a_stop_that_slipped_is_not_called_inside_the_plan():
    slipped = replace(STOPPED, realized=Decimal("-40.9"))
    lines = closed(reader(), slipped)
    assert lines[1].startswith("It cost 17.8 USDT more than planned; ")
    assert "Inside the plan" not in "\n".join(lines)


def test_a_profit_says_nothing_of_a_plan():
    won = replace(STOPPED, exit=Exit.TARGET, realized=Decimal("40.2"), fees=Decimal("1.1"))
    assert closed(reader(Language.KO, 1440), won) == [
        "<b>익절. BTC 롱 +38.9 USDT (+1.56R, 5.6만 원)</b>",
        "이달 여유 1.20%.",
    ]


def test_a_trade_that_never_was_says_so():
    void = trade(status=TradeStatus.VOID)
    text = position_card(reader(), position_facts(trade=void)).text
    assert text.splitlines()[1] == "<b>BTC LONG · not entered</b>"


def test_several_positions_are_summed_up():
    short = trade(
        id="ab34cd",
        plan=plan(symbol=ETH, side=Side.SELL),
        entry_price=Decimal(3000),
        remaining=Decimal("1.2"),
        fees=Decimal("1.8"),
    )
    both = [position_facts(), position_facts(trade=short, quote=quote(ETH, "3051.2"))]
    view = position_list(reader(), both)
    assert view.text == (
        "PAPER · synthetic data\n"
        "<b>2 positions · closing all now gives -60.2 USDT</b>\n"
        "<pre>64,000.0  +4.9 BTC LONG\n"
        " 3,000.0 -65.1 ETH SHORT</pre>"
    )
    assert [key.label for key in view.keyboard[0]] == ["BTC +4.9", "ETH -65.1"]
