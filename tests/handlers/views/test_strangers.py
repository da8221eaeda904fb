"""What was found at the venue, word for word."""

from decimal import Decimal

import pytest

from core.domain.notice import Notice, NoticeKind
from core.domain.people import Language
from handlers.views.strangers import at_the_venue
from tests.builders import ACCOUNT, NOON
from tests.handlers.views.facts import reader


def said(kind, language=Language.EN):
    numbers = {"moved": Decimal("120.000000"), "wallet": Decimal("9880.1234567")}
    return at_the_venue(reader(language), Notice(ACCOUNT, kind, NOON, numbers=numbers)).text


def test_money_that_was_taken_out_is_no_loss_and_no_secret():
    assert said(NoticeKind.MONEY_OUT) == (
        "120.00 USDT moved out (12:00); the wallet holds 9,880.12. That is no loss: limits count "
        "from there. If it was not you, look at the exchange at once."
    )


def test_money_that_was_paid_in_is_no_profit():
    assert said(NoticeKind.MONEY_IN) == (
        "120.00 USDT moved in (12:00); the wallet holds 9,880.12. That is no profit: limits count "
        "from there."
    )


def test_money_that_nobody_knows_of_is_counted_in_and_asked_about():
    assert said(NoticeKind.MONEY_FOUND) == (
        "The wallet holds 120.00 USDT more than trades, fees, funding and transfers explain "
        "(12:00): 9,880.12 in all. I count it in and go on; find out where it came from."
    )


@pytest.mark.parametrize(
    "kind", [NoticeKind.MONEY_IN, NoticeKind.MONEY_OUT, NoticeKind.MONEY_FOUND]
)
def test_in_korean_the_same_sums_are_told(kind):
    text = said(kind, Language.KO)
    assert "120.00 USDT" in text
    assert "9,880.12" in text
