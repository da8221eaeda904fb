"""The models' money in the chat: seen, and set by those who may."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.model import Failure
from core.domain.people import Language, Role
from core.errors import BadArgument
from core.spending.caps import Caps, Wish
from core.spending.ladder import Budget, Spent
from handlers.budget import wish
from tests.builders import person

VIEWER = 77


async def test_the_usual_cap_follows_the_equity(phone):
    await phone.says("/budget")
    assert phone.sees("today $0.00 of $1.66 · month $0.00 of $25.00")
    assert phone.sees("0.25% of equity a month lowers the cap.")
    assert phone.sees("No model was asked this month.")


async def test_the_owner_may_say_how_much_and_take_it_back(phone):
    await phone.says("/budget 40")
    assert phone.sees("today $0.00 of $2.66 · month $0.00 of $40.00")
    assert phone.sees("The cap is your own.")
    await phone.says("/budget usual")
    assert phone.sees("month $0.00 of $25.00")


async def test_what_was_said_outlives_a_restart(founded):
    async with founded() as town:
        await town.phone().says("/budget 40 3")
    async with founded() as town:
        phone = town.phone()
        await phone.says("/budget")
        assert phone.sees("today $0.00 of $3.00 · month $0.00 of $40.00")


async def test_what_cannot_be_read_changes_nothing(phone):
    await phone.says("/budget <much>")
    assert phone.sees("/budget 40")
    await phone.says("/budget")
    assert phone.sees("of $25.00")


async def test_who_may_only_look_sets_nothing(town):
    await town.ledger.commit(
        replace(person(), id=VIEWER, chat=VIEWER, role=Role.VIEWER, language=Language.EN)
    )
    viewer = town.phone(VIEWER, VIEWER)
    await viewer.says("/budget 9000")
    await viewer.says("/budget")
    assert viewer.sees("of $25.00")


async def test_people_hear_of_a_closed_door_and_of_a_step_down(town, phone):
    tell = town.desk.minds.treasury.desk.tell
    await tell.off("openai", Failure.FORBIDDEN)
    await town.flushes()
    await phone.look()
    assert phone.sees("openai is not asked: ")
    caps = Caps(month=Decimal(10), day=Decimal(1))
    await tell.bites(Budget(Spent(Decimal(0), Decimal(8)), caps), town.clock.now())
    await town.flushes()
    await phone.look()
    assert phone.sees("AI cost: this month $8.00 of $10.00")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("40", Wish(Decimal(40))),
        ("$40.50", Wish(Decimal("40.50"))),
        ("1,000 50", Wish(Decimal(1_000), Decimal(50))),
        ("0", Wish(Decimal(0))),
        ("Usual", Wish()),
        ("기본", Wish()),
    ],
)
def test_sums_are_read_as_they_are_typed(text, wanted):
    assert wish(text) == wanted


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "10001", "1 2 3", "usual 3", "forty", "$"])
def test_what_is_no_sum_is_not_guessed(text):
    with pytest.raises(BadArgument):
        wish(text)
