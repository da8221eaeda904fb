"""Less money, cheaper and rarer questions; in the end none."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.model import CallStatus, PromptKind
from core.spending.caps import Caps
from core.spending.ladder import Budget, Rung, Spent, Stretch, spent_by
from tests.builders import NOON
from tests.model_fakes import call

CAPS = Caps(month=Decimal(100), day=Decimal(10))
MONEY = st.decimals(0, 200, places=4)


def budget(day="0", month="0", caps=CAPS):
    return Budget(Spent(Decimal(day), Decimal(month)), caps)


@pytest.mark.parametrize(
    ("day", "month", "rung", "stretch"),
    [
        ("0", "0", Rung.FULL, Stretch.DAY),
        ("6.99", "69.99", Rung.FULL, Stretch.MONTH),
        ("7", "0", Rung.CHEAPER, Stretch.DAY),
        ("0", "70", Rung.CHEAPER, Stretch.MONTH),
        ("8.5", "70", Rung.SELDOM, Stretch.DAY),
        ("1", "95", Rung.RULES, Stretch.MONTH),
        ("11", "10", Rung.RULES, Stretch.DAY),
    ],
)
def test_the_larger_share_decides_the_rung(day, month, rung, stretch):
    stands = budget(day, month)
    assert (stands.rung, stands.tightest) == (rung, stretch)


def test_without_any_money_only_the_rules_speak():
    assert budget(caps=Caps(month=Decimal(0), day=Decimal(0))).rung is Rung.RULES


def test_news_are_read_on_the_first_two_rungs_only():
    assert [rung.reads_news for rung in Rung] == [True, True, False, False]


@given(MONEY, MONEY, MONEY, st.sampled_from(PromptKind))
def test_what_is_admitted_stays_below_the_caps(day, month, worst, kind):
    before = Budget(Spent(day, month), CAPS)
    if before.admits(worst, kind):
        after = Budget(Spent(day + worst, month + worst), CAPS)
        most = 1 if kind is PromptKind.CHAT else Decimal("0.95")
        assert max(after.shares.values()) <= most


@given(MONEY, MONEY, MONEY)
def test_spending_more_never_climbs_up_again(day, month, more):
    assert budget(day + more, month + more).rung >= budget(day, month).rung


def test_days_and_months_begin_at_midnight_utc_and_only_theirs_count():
    midnight = NOON.replace(hour=0)
    calls = [
        call(id="last year", at=midnight - timedelta(microseconds=1)),
        call(id="now", at=midnight),
        replace(
            call(id="settled", at=NOON + timedelta(days=1)),
            status=CallStatus.ANSWERED,
            cost=Decimal("0.01"),
        ),
    ]
    assert spent_by(calls, NOON) == Spent(Decimal("0.06"), Decimal("0.06"))
    assert spent_by(calls, NOON + timedelta(days=1)) == Spent(Decimal("0.01"), Decimal("0.06"))
