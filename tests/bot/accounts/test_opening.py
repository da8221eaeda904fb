"""Who comes in: whoever can be opened. The others are named with the reason, and stay out."""

import logging

import pytest

from bot.accounts.opening import Admitted, admitted
from bot.errors import WrongSetting
from core.domain.account import ON_PAPER, Roster
from core.domain.market import Origin
from core.domain.secret import Credential, Secret
from tests.bot.accounts.far import DEMO, LIVE, PAPER, THREE

KEY = {"key": Secret("k"), "secret": Secret("s")}
KEYS = {
    "binance-main": Credential("binance-main", "binance", KEY),
    "bybit-2": Credential("bybit-2", "bybit", KEY),
}


def test_whoever_has_a_key_is_in():
    assert admitted(THREE, Origin.LIVE, KEYS) == Admitted(THREE)


def test_a_missing_key_is_one_sentence_and_the_others_run(caplog):
    with caplog.at_level(logging.WARNING):
        found = admitted(THREE, Origin.LIVE, {"bybit-2": KEYS["bybit-2"]})
    assert found == Admitted(Roster((PAPER, LIVE)), (DEMO,))
    (record,) = caplog.records
    assert record.message == (
        "binance-main stays out: it has no key; "
        "python -m bot keys add binance --account binance-main"
    )


def test_a_desk_that_nobody_can_enter_does_not_start():
    with pytest.raises(WrongSetting, match=r"^ACCOUNTS: none can be opened; bybit-2: it has no"):
        admitted(Roster((LIVE,)), Origin.LIVE, {})


@pytest.mark.parametrize("origin", [origin for origin in Origin if origin is not Origin.LIVE])
def test_no_order_goes_out_for_prices_that_are_made_up_or_past(origin, caplog):
    assert admitted(THREE, origin, KEYS) == Admitted(Roster((PAPER,)))
    assert admitted(Roster((LIVE,)), origin, KEYS) == Admitted(ON_PAPER)
    assert "bybit-2 stays out: in a market that is recorded" in caplog.text
