"""Whose money it is: said first, in full, and never taken from another account's line."""

import pytest

from bot.words import load_words
from core.accounts import Condition, Glance
from core.domain.account import ON_PAPER, DeskAccount, Mode
from core.domain.market import Origin
from core.domain.people import Language
from handlers.views.accounts import others_line, with_others
from handlers.views.phrases import headed, heading
from handlers.views.view import View
from handlers.words import Reader
from tests.builders import NOON, person

WORDS = load_words()
BINANCE = DeskAccount("binance", "binance", Mode.LIVE)
MAIN = DeskAccount("binance-main", "binance", Mode.LIVE)


def reader(account, language=Language.EN):
    return Reader(person(language=language), WORDS[language], None, account)


@pytest.mark.parametrize(
    ("account", "language", "says"),
    [
        (ON_PAPER.main, Language.EN, "PAPER · #K7Q2"),
        (ON_PAPER.main, Language.KO, "모의 · #K7Q2"),
        (MAIN, Language.EN, "LIVE · Binance main · #K7Q2"),
        (MAIN, Language.KO, "실거래 · Binance main · #K7Q2"),
        (DeskAccount("okx", "okx", Mode.DEMO), Language.EN, "DEMO · OKX · #K7Q2"),
        (DeskAccount("paper-2", "okx", Mode.PAPER), Language.EN, "PAPER · paper-2 · #K7Q2"),
    ],
)
def test_the_first_words_say_whose_money_it_is(account, language, says):
    assert heading(reader(account, language), Origin.LIVE, "k7q2") == says


@pytest.mark.parametrize(
    ("text", "is_headed"),
    [
        ("LIVE · Binance\nAll flat", True),
        ("LIVE · Binance · #K7Q2\nBTC long", True),
        ("Filled.\nLIVE · Binance · #K7Q2", True),
        ("LIVE · Binance main\nAll flat", False),
        ("Other accounts: LIVE · Binance (1 open)", False),
        ("All flat", False),
    ],
)
def test_a_message_is_headed_once_and_by_its_own_account(text, is_headed):
    said = headed(reader(BINANCE), Origin.LIVE, text)
    assert said == (text if is_headed else f"LIVE · Binance\n{text}")


def test_others_are_named_with_what_is_worth_knowing():
    away = Glance(account=MAIN, condition=Condition.AWAY, since=NOON, open=2)
    goes = Glance(account=BINANCE, condition=Condition.GOES, open=1)
    assert others_line(reader(ON_PAPER.main), (goes, away)) == (
        "Other accounts: LIVE · Binance (1 open); LIVE · Binance main (2 open, the exchange has "
        "not answered since 01-01 21:00)"
    )


def test_where_there_is_nothing_to_say_the_screen_stays_as_it_is():
    view = View("PAPER\nall is well")
    assert with_others(reader(ON_PAPER.main), view, ()) is view
