"""How a person wants to be spoken to, and which account they mean."""

from dataclasses import replace

import pytest

from core.domain.account import DeskAccount, Mode, Roster
from core.domain.people import Colours, Language
from core.errors import NotFound
from core.persons import ChangePerson
from tests.builders import PERSON
from tests.fakes import MemoryLedger

ROSTER = Roster(
    (
        DeskAccount("paper", "binance", Mode.PAPER),
        DeskAccount("bybit-2", "bybit", Mode.LIVE),
    )
)


@pytest.fixture
def change():
    return ChangePerson(MemoryLedger(PERSON), ROSTER)


@pytest.mark.parametrize(
    ("language", "zone", "colours"),
    [(Language.KO, "Asia/Seoul", Colours.RED_UP), (Language.EN, "UTC", Colours.GREEN_UP)],
)
async def test_a_language_brings_its_habits(change, language, zone, colours):
    person = await change.language(PERSON, language)

    assert (person.language, person.timezone, person.colours) == (language, zone, colours)
    assert await change.ledger.people() == (person,)


async def test_a_person_means_one_account_until_they_choose_another(change):
    assert PERSON.account == ""
    person = await change.account(PERSON, "bybit-2")

    assert person == replace(PERSON, account="bybit-2")
    assert await change.ledger.people() == (person,)


async def test_an_account_that_the_desk_does_not_have_cannot_be_meant(change):
    with pytest.raises(NotFound):
        await change.account(PERSON, "okx")

    assert await change.ledger.people() == (PERSON,)
