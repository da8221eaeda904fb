"""What models cost, as it stands on a phone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.model import Failure
from core.domain.notice import Notice, NoticeKind
from core.domain.people import Language
from core.spending.caps import Bound, Caps
from core.spending.ladder import Budget, Spent
from core.voices.bill import Bill, Part
from handlers.views.budget import budget_view, stepped_down, switched_off
from tests.builders import ACCOUNT, NOON
from tests.handlers.views.facts import reader

CAPS = Caps(month=Decimal(25), day=Decimal("1.66"), by=Bound.EQUITY)
PARTS = (
    Part(provider="openai", model="gpt-6.1-terra", cost=Decimal("8.2123"), calls=312, failed=8),
    Part(provider="anthropic", model="claude-haiku-5-5", cost=Decimal("0.4"), calls=300, failed=1),
)


def bill(**changes):
    usual = {
        "now": NOON + timedelta(days=9),
        "budget": Budget(Spent(Decimal("0.83"), Decimal("8.6123")), CAPS),
        "parts": PARTS,
        "failures": {Failure.OVERLOADED: 2, Failure.TIMEOUT: 7},
        "decisions": 2_730,
        "committee": Decimal("8.19"),
        "projected": Decimal("29.6"),
        "equity": Decimal(10_000),
        "troubled": {},
    }
    return Bill(**usual | changes)


def test_in_english_it_reads():
    assert budget_view(reader(krw=1_440), bill()).text.split("\n") == [
        "<b>AI cost · today $0.83 of $1.66 · month $8.61 of $25.00</b> · about ₩36k",
        "Within the budget: every model may be asked.",
        "0.25% of equity a month lowers the cap.",
        "This month: dollars, calls, model",
        "<pre>8.21 312 gpt-6.1-terra",
        "0.40 300 claude-haiku-5-5</pre>",
        "openai $8.21 · anthropic $0.40",
        "Per decision: $0.0030 (2,730 decisions)",
        "At this pace: $29.60 a month, 29.6 bp of equity",
        "Calls: 612, without an answer: 9 (no answer in time 7, overloaded 2)",
        "Change it: /budget 40 · back: /budget usual",
    ]


def test_what_does_not_fill_a_cent_is_not_written_as_nothing():
    caps = Caps(month=Decimal("0.05"), day=Decimal("0.00333"), by=Bound.OWNER)
    spent = Spent(Decimal("0.0037"), Decimal("0.02"))
    cheap = Part(provider="x", model="y", cost=Decimal("0.0037"), calls=2, failed=0)
    text = budget_view(reader(), bill(budget=Budget(spent, caps), parts=(cheap,))).text
    assert "today $0.0037 of $0.0033 · month $0.02 of $0.05" in text
    assert "<pre>0.0037 2 y</pre>\nx $0.0037\n" in text


def test_models_at_home_cost_nothing_for_a_decision():
    assert "Per decision: $0.00 (" in budget_view(reader(), bill(committee=Decimal(0))).text


def test_in_korean_it_reads():
    lines = budget_view(reader(Language.KO, krw=1_440), bill()).text.split("\n")
    assert lines[0] == "<b>AI 비용 · 오늘 $0.83/$1.66 · 이달 $8.61/$25.00</b> · 약 3.6만 원"
    assert lines[2] == "한 달 자산의 0.25%에 맞춰 한도를 낮췄습니다."
    assert "판단 하나에 $0.0030 (판단 2,730건)" in lines


def test_before_the_first_question_it_says_so():
    text = budget_view(reader(), bill(parts=(), failures={})).text
    assert "No model was asked this month." in text
    assert "<pre>" not in text


def test_names_of_models_are_anybody_s_words():
    odd = Part(provider="x", model="<b>&", cost=Decimal(1), calls=1, failed=0)
    assert "&lt;b&gt;&amp;" in budget_view(reader(), bill(parts=(odd,))).text


def test_who_is_not_asked_is_named():
    text = budget_view(reader(), bill(troubled={"open<ai>": Failure.UNPAID})).text
    assert "open&lt;ai&gt; is not asked: " in text


def test_without_equity_the_pace_is_dollars_only():
    assert "At this pace: $29.60 a month\n" in budget_view(reader(), bill(equity=None)).text


def test_before_a_day_has_passed_no_pace_is_made_up():
    text = budget_view(reader(), bill(projected=None)).text
    assert "So far 8.6 bp of equity; a month's pace shows after a day.\n" in text
    text = budget_view(reader(), bill(projected=None, equity=None)).text
    assert "A month's pace shows after a day.\n" in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("failure", [Failure.UNPAID, Failure.FORBIDDEN])
def test_a_closed_door_is_said_with_what_to_do(language, failure):
    numbers = {"provider": "<openai>", "failure": failure.value}
    notice = Notice(ACCOUNT, NoticeKind.MODELS_OFF, NOON, numbers=numbers)
    text = switched_off(reader(language), notice).text
    assert text.startswith("&lt;openai&gt;")
    assert text.count("\n") == 1


def test_a_step_down_says_what_it_means_and_how_to_change_it():
    numbers = {
        "rung": "seldom",
        "stretch": "month",
        "spent": Decimal("21.5"),
        "cap": Decimal(25),
        "by": "won",
    }
    notice = Notice(ACCOUNT, NoticeKind.MODELS_BUDGET, NOON, numbers=numbers)
    assert stepped_down(reader(), notice).text.split("\n") == [
        "<b>AI cost: this month $21.50 of $25.00</b>",
        "Over 85%: cheaper models at every fourth close, no news.",
        "₩150,000 a month lowers the cap. Change it: /budget 40 · back: /budget usual",
    ]


def test_a_profile_that_lacks_a_key_says_so():
    text = budget_view(reader(), bill(), ("perplexity",)).text
    assert text.endswith("No key for perplexity: that part of the profile stays empty.")


def test_where_no_model_sits_it_does_not_say_that_any_is_asked():
    text = budget_view(reader(), bill(parts=(), failures={}), None).text
    assert "Nobody is asked: models need a key and real time." in text
    assert "every model" not in text


def test_answers_that_could_not_be_used_are_not_hidden():
    assert "Answers that could not be used" not in budget_view(reader(), bill()).text
    text = budget_view(reader(), bill(again=12)).text
    assert "Answers that could not be used, so asked again: 12\n" in text
