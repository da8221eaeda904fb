"""An objection is worth what the trade would have lost, and costs what it would have made."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.objection import Ending, Objector
from core.domain.score import Opposed
from core.domain.trading import Side
from core.scoring.objecting import Effect, ReadObjections, Word, effects, in_r
from tests.builders import ACCOUNT, NOON, decision, fate, objection, resolution
from tests.core.scoring.memory_scores import MemoryScores
from tests.fakes import FakeClock, MemoryLedger

VETO = objection(scale=Decimal(0))
HALF = objection(scale=Decimal("0.5"))
PASS = objection(scale=Decimal(1))
NEWS = objection(by=Objector.NEWS, scale=Decimal("0.5"))
LOST = resolution(target_first={Side.BUY: 0.0, Side.SELL: 1.0})
WON = resolution()
COST = 0.38 * (0.01375 + 0.025) - 0.01375
STOPPED = -(0.01375 + COST) / 0.01375
REACHED = (0.025 - COST) / 0.01375


def one(*objections, answer=LOST, ending=Ending.PROPOSED):
    return Opposed(fate(objections=objections, ending=ending), decision(), answer)


def test_a_stop_loses_one_r_and_the_costs():
    assert in_r(decision(), LOST) == pytest.approx(STOPPED)
    assert in_r(decision(), WON) == pytest.approx(REACHED)


def test_a_veto_saves_a_loss_and_costs_a_gain():
    saved = effects([one(VETO, ending=Ending.VETOED)])
    cost = effects([one(VETO, answer=WON, ending=Ending.VETOED)])

    assert saved == {(Objector.VERIFIER, Word.VETOED): Effect(1, 1, pytest.approx(-STOPPED))}
    assert cost[Objector.VERIFIER, Word.VETOED].saved == pytest.approx(-REACHED)


def test_a_reduction_counts_for_what_it_took_and_a_pass_for_nothing():
    found = effects([one(HALF), one(PASS)])

    assert found[Objector.VERIFIER, Word.REDUCED].saved == pytest.approx(-STOPPED / 2)
    assert found[Objector.VERIFIER, Word.PASSED].saved == 0


def test_two_that_object_share_what_was_left():
    found = effects([one(HALF, NEWS)])

    assert found[Objector.VERIFIER, Word.REDUCED].saved == pytest.approx(-STOPPED / 4)
    assert found[Objector.NEWS, Word.REDUCED].saved == pytest.approx(-STOPPED / 4)


def test_after_a_veto_nobody_else_took_anything():
    found = effects([one(VETO, NEWS, ending=Ending.VETOED)])

    assert found[Objector.NEWS, Word.REDUCED].saved == 0


def test_what_has_not_come_true_is_counted_and_not_guessed():
    assert effects([one(VETO, answer=None, ending=Ending.VETOED)]) == {
        (Objector.VERIFIER, Word.VETOED): Effect(1, 0, 0.0)
    }


def test_what_risk_refused_anyway_is_no_merit_of_an_objection():
    assert effects([one(HALF, ending=Ending.REFUSED)]) == {}


async def test_the_last_ninety_days_are_read():
    ledger = MemoryLedger(decision(), fate(), fate(decision="d2", at=NOON - timedelta(days=99)))
    read = ReadObjections(ACCOUNT, FakeClock(NOON + timedelta(hours=1)), MemoryScores(ledger))

    assert (await read())[Objector.VERIFIER, Word.REDUCED].count == 1
