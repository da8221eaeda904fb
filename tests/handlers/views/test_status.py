"""How the desk is, its settings and its help, word for word."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Timeframe
from core.domain.people import Language, Profile
from core.domain.trading import Account
from core.owner import STEPS
from core.risk.profiles import LIMITS
from handlers.start import COMMANDS
from handlers.views.status import help_view, settings_view, status_view
from tests.builders import NOON, SYMBOL, Offer, event, proposal, settings
from tests.handlers.views.facts import ETH, reader, standing, status_facts

CHOICES = Offer((SYMBOL, ETH, "SOL/USDT:USDT"), (Timeframe.M15, Timeframe.H1))


def labels(view):
    return [[key.label for key in row] for row in view.keyboard]


def test_the_status_in_english():
    view = status_view(reader(), status_facts())
    assert view.text == (
        "PAPER · synthetic data\n"
        "<b>10,009.60 USDT · day +9.6</b>\n"
        "▶ Running.\n"
        "<pre>64,251.9  BTC\n"
        " 3,051.2  ETH</pre>\n"
        "Positions 1 · cards waiting 0\n"
        "Left to lose: day 0.21%, week 0.71%, month 1.20%\n"
        "Approval: always ask me\n"
        "Next look 16:15 (15m)\n"
        "Last 7 days: 168 looks, 9 proposals. Normal."
    )
    assert labels(view) == [["🔎 BTC", "🔎 ETH"], ["Positions", "Report", "Settings"]]


def test_what_has_no_price_is_named_and_not_left_out():
    unheard = status_view(reader(), replace(status_facts(), quotes={})).text
    assert "▶ Running.\nBTC: nothing has been heard yet.\nETH: nothing has been" in unheard


def test_the_status_in_korean():
    assert status_view(reader(Language.KO, 1440), status_facts()).text == (
        "모의 · 합성 데이터\n"
        "<b>10,009.60 USDT · 오늘 +9.6</b> · 약 1,441만 원\n"
        "▶ 가동 중.\n"
        "<pre>64,251.9  BTC\n"
        " 3,051.2  ETH</pre>\n"
        "포지션 1 · 대기 카드 0\n"
        "손실 여유: 오늘 0.21%, 주 0.71%, 월 1.20%\n"
        "승인: 항상 물어보기\n"
        "다음 분석 01:15 (15분봉)\n"
        "최근 7일: 분석 168번, 제안 9번. 정상입니다."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "22:30 US CPI: no entries 22:00-23:30"),
        (Language.KO, "01-02 07:30 미국 CPI: 07:00-08:30 신규 진입 쉼"),
    ],
)
def test_an_event_that_is_near_is_told(language, said):
    near = event(at=NOON + timedelta(hours=10.5))
    facts = status_facts(events=(near,), now=NOON)
    assert said in status_view(reader(language), facts).text.splitlines()


def test_what_waits_and_what_rests_is_a_button():
    facts = status_facts(settings=settings(paused=True), waiting=(proposal(), proposal()))
    view = status_view(reader(), facts)
    assert "⏸ Entries are paused." in view.text
    assert labels(view)[2:] == [["Cards waiting: 2"], ["▶ Resume"]]


def test_an_empty_account_divides_by_nothing():
    broke = status_facts(
        account=Account(Decimal(0), Decimal(0), Decimal(0)), standing=standing(equity=Decimal(0))
    )
    assert "Left to lose: day -, week -, month -" in status_view(reader(), broke).text


def test_an_overdrawn_limit_has_nothing_left():
    facts = status_facts(standing=standing(equity=Decimal(9_000)))
    assert "Left to lose: day 0.00%, week 0.00%, month 0.00%" in status_view(reader(), facts).text


def test_the_front_page_in_korean():
    view = settings_view(reader(Language.KO), settings(), CHOICES)
    assert view.text == (
        "<b>설정</b>\n"
        "성향: 균형\n"
        "거래당 0.25% · 3배 · 동시 3개 · 손실 한도 일 0.5%, 주 1.0%, 월 1.5%\n"
        "승인: 항상 물어보기\n"
        "답이 없을 때: 카드만 기다림\n"
        "종목: BTC, ETH\n"
        "주기: 15분봉\n"
        "익절 2개: 첫 익절 뒤 본절, 그다음 트레일"
    )
    assert labels(view) == [
        ["신중", "✓ 균형", "과감"],
        ["한도", "승인 방식"],
        ["종목·주기", "언어"],
        ["익절 1개·2개"],
    ]


def test_the_page_of_limits_has_each_with_its_number():
    view = settings_view(reader(), settings(limits=LIMITS[Profile.BALANCED]), CHOICES, "limits")
    assert view.text == (
        "<b>Limits</b>\n"
        "risk a trade: 0.25%\n"
        "leverage: 3\n"
        "positions: 3\n"
        "day loss: 0.50%\n"
        "week loss: 1.00%\n"
        "month loss: 1.50%\n"
        "reward:risk: 1.6\n"
        "same direction: 0.50%\n"
        "exposure ×: 1.2\n"
        "cards a day: 6\n"
        "autopilot risk: 0.12%\n"
        "autopilot entries: 2\n"
        "No setting can lose more than 2% in a month by its stops."
    )
    assert len(view.keyboard) == len(STEPS) + 1


def test_the_page_of_symbols_marks_what_is_chosen():
    view = settings_view(reader(), settings(), CHOICES, "symbols")
    assert labels(view) == [["✓ BTC", "✓ ETH", "SOL"], ["✓ 15m", "1h"], ["‹ Back"]]


def test_the_page_of_approval_marks_what_is_chosen():
    shown = [row[0] for row in labels(settings_view(reader(), settings(), CHOICES, "approval"))]
    assert [label for label in shown if label.startswith("✓")] == [
        *("✓ always ask me", "✓ cards just wait")
    ]
    assert {"autopilot for small trades", "autopilot", "the autopilot enters small"} <= set(shown)
    assert shown[-1] == "‹ Back"


@pytest.mark.parametrize(
    ("language", "row"), [("ko", ["✓ 한국어", "English"]), ("en", ["한국어", "✓ English"])]
)
def test_languages_are_named_in_themselves(language, row):
    view = settings_view(reader(Language(language)), settings(), CHOICES, "language")
    assert labels(view)[0] == row


def test_the_help_names_every_command_in_its_language():
    text = help_view(reader(Language.KO), COMMANDS).text
    assert text.splitlines()[:3] == [
        "<b>할 수 있는 말</b>",
        "/start 처음 화면",
        "/analyze 지금 분석: /analyze BTC",
    ]
    assert len(text.splitlines()) == len(COMMANDS) + 2


def test_of_hundreds_of_coins_the_desks_own_and_the_best_known_are_shown():
    many = Offer(tuple(f"C{n}/USDT:USDT" for n in range(500)), (Timeframe.H1,))
    own = settings(symbols=("C400/USDT:USDT",))
    view = settings_view(reader(), own, many, "symbols")
    labels = [key.label for row in view.keyboard[:-2] for key in row]
    assert labels == ["✓ C400", *(f"C{n}" for n in range(23))]
    assert view.text.endswith("476 more are traded here: /watch COIN.")
