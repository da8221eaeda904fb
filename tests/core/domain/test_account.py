"""An account's name is short, plain and safe to print anywhere."""

import pytest

from core.domain.account import DeskAccount, Mode


@pytest.mark.parametrize("name", ["paper", "binance-main", "b2"])
def test_a_plain_name_is_taken(name):
    assert DeskAccount(name, "binance", Mode.DEMO).name == name


@pytest.mark.parametrize("name", ["", "Paper", "2b", "a b", "<b>", "x" * 40])
def test_any_other_name_is_refused(name):
    with pytest.raises(ValueError, match="an account is named"):
        DeskAccount(name, "binance", Mode.LIVE)


@pytest.mark.parametrize(
    ("name", "venue", "mode", "title"),
    [
        ("paper", "binance", Mode.PAPER, "paper"),
        ("paper-2", "binance", Mode.PAPER, "paper-2"),
        ("binance-main", "binance", Mode.LIVE, "Binance main"),
        ("okx", "okx", Mode.DEMO, "OKX"),
        ("hedge", "bybit", Mode.LIVE, "Bybit hedge"),
    ],
)
def test_an_account_is_called_by_its_venue_and_what_else_it_is_named(name, venue, mode, title):
    assert DeskAccount(name, venue, mode).title == title
