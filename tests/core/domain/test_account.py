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
