"""How far an account is held back, and by what."""

from datetime import timedelta

from core.domain.restraint import Cause, Reason, TradingState
from tests.builders import NOON, settings

LATER = NOON + timedelta(hours=4)
LOST = Cause(Reason.DAY_LOSS, NOON, until=LATER)
LEAKED = Cause(Reason.BALANCE, NOON, "35.20")


def test_an_account_that_nothing_holds_back_is_active():
    assert settings().trading is TradingState.ACTIVE
    assert settings(paused=True).trading is TradingState.ACTIVE


def test_what_passes_by_itself_only_reduces_and_the_rest_halts():
    assert settings(causes=(LOST,)).trading is TradingState.REDUCING
    assert settings(causes=(LOST, LEAKED)).trading is TradingState.HALTED
    assert settings(causes=(LOST, LEAKED)).halts == (LEAKED,)


def test_a_cause_is_over_at_its_end_and_a_halt_never():
    assert not LOST.is_over(LATER - timedelta(microseconds=1))
    assert LOST.is_over(LATER)
    assert not LEAKED.is_over(NOON + timedelta(days=999))
