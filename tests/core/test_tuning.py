"""Other numbers behind the rules: on paper only, by whoever may trade, instead of what they saw."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.ledger import Claim
from core.domain.market import Timeframe
from core.domain.people import Role
from core.domain.tuning import STANDARD, Tuning
from core.errors import ButtonSpent, NotAllowed, NotPaper, TuningMoved
from core.owner import ChangeSettings
from tests.builders import ACCOUNT, NOON, PERSON, SETTINGS, SYMBOL, Offer, button
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame

FOUND = Tuning(horizon=36, voices=("trend",))
PRESS = Claim("b", PERSON.id, PERSON.chat, NOON)


@pytest.fixture
def ledger():
    return MemoryLedger(SETTINGS)


@pytest.fixture
def change(ledger):
    return office(ledger, ACCOUNT)


def office(ledger, account):
    clock = FakeClock()
    market = FakeMarket(clock, {SYMBOL: frame([1.0])})
    return ChangeSettings(account, clock, ledger, market, Offer((SYMBOL,), (Timeframe.H1,)))


async def test_the_numbers_change_and_nothing_else(change):
    assert await change.tune(PERSON, FOUND, STANDARD) == replace(SETTINGS, tuning=FOUND)
    assert (await change.read()).tuning == FOUND


async def test_the_way_back_is_the_same_way(change):
    await change.tune(PERSON, FOUND, STANDARD)

    assert await change.tune(PERSON, STANDARD, FOUND) == SETTINGS


@pytest.mark.parametrize("role", Role)
async def test_a_viewer_changes_nothing(change, role):
    person = replace(PERSON, role=role)
    if role is not Role.VIEWER:
        assert (await change.tune(person, FOUND, STANDARD)).tuning == FOUND
        return
    with pytest.raises(NotAllowed):
        await change.tune(person, FOUND, STANDARD)
    assert await change.read() == SETTINGS


async def test_an_account_that_is_not_paper_is_left_alone(ledger):
    await ledger.commit(replace(SETTINGS, account="binance-main"))
    with pytest.raises(NotPaper) as raised:
        await office(ledger, "binance-main").tune(PERSON, FOUND, STANDARD)

    assert raised.value.numbers == {"account": "binance-main"}


async def test_numbers_that_moved_meanwhile_are_not_overwritten(change):
    await change.tune(PERSON, Tuning(quorum=1), STANDARD)
    with pytest.raises(TuningMoved):
        await change.tune(PERSON, FOUND, STANDARD)

    assert (await change.read()).tuning == Tuning(quorum=1)


async def test_of_two_at_once_the_first_wins(change):
    both = (change.tune(PERSON, each, STANDARD) for each in (FOUND, Tuning(quorum=1)))
    done = await asyncio.gather(*both, return_exceptions=True)

    assert [type(each) for each in done] == [type(SETTINGS), TuningMoved]


async def test_a_press_counts_once(ledger, change):
    ledger.pages.buttons["b"] = button(person=PERSON.id, chat=PERSON.chat, once=True)
    await change.tune(PERSON, FOUND, STANDARD, PRESS)
    with pytest.raises(ButtonSpent):
        await change.tune(PERSON, STANDARD, FOUND, PRESS)

    assert (await change.read()).tuning == FOUND
