"""A card, word for word."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Origin
from core.domain.people import Language
from core.domain.proposal import Clamp, ProposalStatus, Rule, Target
from core.domain.trading import Side
from handlers.views.proposal import adjust_keyboard, card, moved
from tests.builders import NOON, plan, proposal
from tests.handlers.views.facts import VIEWS, card_facts, decision, reader

ENGLISH = """\
PAPER · synthetic data · #K7Q2E
<b>BTC LONG · 15m · isolated 3x</b>
<pre>64,010.0       entry limit
63,120.0 -24.9 stop
65,100.0 +13.6 target 1
66,100.0 +26.6 target 2
42,845.0       liquidation
   0.026 1,664 BTC / USDT</pre>
<b>If stopped: -0.25%</b>
Reward:risk 1.61 (after fees, slippage)
Target first 44% · break-even 38% · n_eff 38, skill not distinguishable yet
long trend, breakout
Size: a 6% gap costs -99.9, month has 110.0 left
If approved, month budget 1.10% → 0.85%
Funding in 4h: -0.17 USDT
<b>Until 12:15</b> · no answer = no entry"""

KOREAN = """\
모의 · 합성 데이터 · #K7Q2E
<b>BTC 롱 · 15분봉 · 격리 3배</b>
<pre>64,010.0       진입 한계
63,120.0 -24.9 손절
65,100.0 +13.6 익절 1
66,100.0 +26.6 익절 2
42,845.0       강제청산
   0.026 1,664 BTC / USDT</pre>
<b>손절되면 -0.25% · 약 3.6만 원</b>
손익비 1.61 (수수료·슬리피지 뒤)
익절 먼저 44% · 본전선 38% · 유효 표본 38, 실력 구분 아직 안 됨
롱 추세, 돌파
크기: 급변 6% 틈 -99.9, 이달 여유 110.0
승인하면 이달 여유 1.10% → 0.85%
펀딩 4시간 뒤 -0.17 USDT
<b>21:15까지</b> · 답 없으면 진입 안 함"""


def labels(keyboard):
    return [[key.label for key in row] for row in keyboard]


@pytest.mark.parametrize(
    ("who", "text"),
    [(reader(), ENGLISH), (reader(Language.KO, 1440), KOREAN)],
    ids=["english", "korean"],
)
def test_the_card(who, text):
    assert card(who, card_facts()).text == text


def test_yes_stands_alone_and_no_lies_far_from_it():
    assert labels(card(reader(), card_facts()).keyboard) == [
        ["✅ Approve · stop -24.9"],
        ["Half -12.4", "Adjust", "Why"],
        ["❌ Reject"],
    ]


def test_what_costs_money_counts_once_and_what_only_looks_may_be_pressed_again():
    keys = [key for row in card(reader(), card_facts()).keyboard for key in row]
    assert [key.once for key in keys] == [True, True, False, False, True]


def test_the_steppers_keep_yes_on_top():
    assert labels(adjust_keyboard(reader(), proposal())) == [
        ["✅ Approve · stop -24.9"],
        ["Size −", "Size +"],
        ["Stop −", "Stop +"],
        ["Target −", "Target +"],
        ["‹ Back"],
    ]


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (ProposalStatus.APPROVED, "<b>approved · 12:02</b>"),
        (ProposalStatus.REJECTED, "<b>rejected · 12:02</b>"),
        (ProposalStatus.EXPIRED, "<b>expired · 12:02</b>"),
        (ProposalStatus.REPLACED, "<b>replaced · 12:02</b>"),
        (ProposalStatus.REFUSED, "<b>refused by risk · 12:02</b>"),
    ],
)
def test_an_answered_card_says_what_became_of_it_and_has_no_buttons(status, ending):
    answered = proposal(status=status, answered_at=NOON + timedelta(minutes=2))
    view = card(reader(), card_facts(proposal=answered))
    assert view.text.splitlines()[-1] == ending
    assert view.keyboard == ()
    assert "If approved" not in view.text


def test_a_short_gets_what_a_long_pays():
    short = plan(
        side=Side.SELL,
        entry_limit=Decimal(63_990),
        stop_loss=Decimal(64_880),
        targets=(Target(Decimal(62_000), Decimal(1)),),
        liquidation_price=Decimal(85_155),
    )
    lines = card(reader(), card_facts(proposal=proposal(plan=short))).text.splitlines()
    assert lines[1] == "<b>BTC SHORT · 15m · isolated 3x</b>"
    assert lines[4] == "62,000.0 +50.6 target"
    assert "Funding in 4h: +0.17 USDT" in lines


def test_the_limit_that_made_it_smaller_is_named():
    cut = plan(clamps=(Clamp(Rule.GAP, Decimal("0.03"), Decimal("0.026")),))
    text = card(reader(), card_facts(proposal=proposal(plan=cut))).text
    assert "month has 110.0 left · cut by the gap limit" in text


@pytest.mark.parametrize(
    "rule",
    [
        *(Rule.DAY_LOSS, Rule.WEEK_LOSS, Rule.MONTH_LOSS, Rule.ROLLING_LOSS),
        *(Rule.DIRECTION, Rule.EXPOSURE, Rule.GAP, Rule.MARGIN, Rule.RISK),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_every_limit_that_can_cut_has_a_name(rule, language):
    cut = plan(clamps=(Clamp(rule, Decimal(2), Decimal(1)),))
    assert card(reader(language), card_facts(proposal=proposal(plan=cut))).text


def test_without_candles_or_funding_the_card_has_neither_chart_nor_funding_line():
    view = card(reader(), card_facts(snapshot=None))
    assert view.picture is None
    assert "Funding" not in view.text


def test_the_chart_shows_the_levels_of_the_card():
    picture = card(reader(), card_facts()).picture
    assert [(level.label, level.text) for level in picture.levels] == [
        ("entry limit", "64,010.0"),
        ("stop", "63,120.0"),
        ("target", "65,100.0"),
        ("target", "66,100.0"),
        ("liquidation", "42,845.0"),
    ]
    assert picture.title == "BTC LONG · 15m"
    assert picture.watermark == "synthetic data"


def test_live_data_needs_no_watermark():
    view = card(reader(), card_facts(origin=Origin.LIVE))
    assert view.text.startswith("PAPER · #K7Q2E\n")


def test_an_analyst_the_desk_has_no_word_for_is_named_as_it_is_and_harmlessly():
    strange = replace(VIEWS[0], analyst="<b>gpt & co</b>")
    text = card(reader(), card_facts(decision=decision(views=(strange,)))).text
    assert "long &lt;b&gt;gpt &amp; co&lt;/b&gt;" in text


def test_a_price_that_ran_away_is_said_with_both_numbers():
    view = moved(reader(), card_facts(), Decimal("64123.4"))
    assert view.text.splitlines()[2] == (
        "Price 64,123.4 is past your limit 64,010.0. Nothing was bought."
    )
    assert labels(view.keyboard) == [["See new price", "Leave it"]]
