"""A button is pressed by whom it was made for, in time, and if it says so, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.errors import DeskStorageError
from core.domain.ledger import Claim
from core.errors import ButtonSpent
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.bot.storage.presses import numbered
from tests.builders import NOON, button

MINUTE = timedelta(minutes=1)
MENU = button(verb="menu", subject="", once=False, expires_at=NOON + MINUTE)


@pytest.fixture
def buttons(database):
    return numbered(database)


class ButtonsContract:
    async def test_a_look_shows_the_button_and_spends_nothing(self, buttons):
        (name,) = await buttons.issue([button()])

        for _ in range(2):
            assert await buttons.look(name, 42, 42, NOON) == button()

    async def test_a_press_counts_once(self, buttons):
        (name,) = await buttons.issue([button()])
        await buttons.spend(Claim(name, 42, 42, NOON))

        with pytest.raises(ButtonSpent):
            await buttons.spend(Claim(name, 42, 42, NOON))
        with pytest.raises(ButtonSpent):
            await buttons.look(name, 42, 42, NOON)

    @pytest.mark.parametrize(
        ("name", "person", "chat", "now"),
        [
            ("forged", 42, 42, NOON),
            ("b1", 7, 42, NOON),
            ("b1", 42, 7, NOON),
            ("b1", 42, 42, NOON + MINUTE),
        ],
        ids=["unknown", "another person", "another chat", "expired"],
    )
    async def test_a_press_that_was_not_meant_is_refused(self, buttons, name, person, chat, now):
        await buttons.issue([button(expires_at=NOON + MINUTE)])

        with pytest.raises(ButtonSpent):
            await buttons.look(name, person, chat, now)
        with pytest.raises(ButtonSpent):
            await buttons.spend(Claim(name, person, chat, now))

    async def test_a_button_for_nobody_in_particular_is_for_all_of_the_chat(self, buttons):
        (name,) = await buttons.issue([button(person=0, chat=-100)])

        await buttons.spend(Claim(name, 7, -100, NOON))

    async def test_ids_come_in_the_order_asked(self, buttons):
        wanted = [button(argument=size) for size in ("full", "half", "quarter")]
        names = await buttons.issue(wanted)

        looks = [await buttons.look(name, 42, 42, NOON) for name in names]
        assert looks == wanted

    async def test_a_repeatable_button_keeps_its_id_and_lives_longer(self, buttons):
        (first,) = await buttons.issue([MENU])
        (again,) = await buttons.issue([replace(MENU, expires_at=NOON + 5 * MINUTE)])
        (shorter,) = await buttons.issue([MENU])

        assert first == again == shorter
        assert (await buttons.look(first, 42, 42, NOON)).expires_at == NOON + 5 * MINUTE

    async def test_a_repeatable_button_without_an_end_keeps_none(self, buttons):
        (first,) = await buttons.issue([replace(MENU, expires_at=None)])
        await buttons.issue([MENU])

        assert (await buttons.look(first, 42, 42, NOON)).expires_at is None

    async def test_the_same_single_button_is_not_made_twice(self, buttons):
        (first,) = await buttons.issue([button()])
        again, later = await buttons.issue([button(), button(expires_at=NOON)])

        assert first == again != later

    async def test_a_spent_button_is_made_anew(self, buttons):
        (first,) = await buttons.issue([button()])
        await buttons.spend(Claim(first, 42, 42, NOON))

        assert await buttons.issue([button()]) != (first,)

    async def test_another_argument_chat_person_or_account_is_another_button(self, buttons):
        wanted = [
            MENU,
            replace(MENU, argument="x"),
            replace(MENU, chat=7),
            replace(MENU, person=0),
            replace(MENU, account="bybit-2"),
        ]

        assert len(set(await buttons.issue(wanted))) == 5

    async def test_no_buttons_are_no_trouble(self, buttons):
        assert await buttons.issue([]) == ()

    async def test_two_buttons_never_share_an_id(self, buttons, database):
        await buttons.issue([button()])

        with pytest.raises(DeskStorageError):
            await numbered(database).issue([button(verb="panic")])

    async def test_the_long_expired_and_the_spent_are_swept(self, buttons):
        old, spent, fresh = await buttons.issue(
            [MENU, button(), button(verb="close", expires_at=NOON + 9 * MINUTE)]
        )
        await buttons.spend(Claim(spent, 42, 42, NOON))
        await buttons.sweep(NOON + 2 * MINUTE)

        with pytest.raises(ButtonSpent):
            await buttons.look(old, 42, 42, NOON)
        assert (await buttons.look(fresh, 42, 42, NOON)).verb == "close"


class TestButtonsOnSqlite(OnSqlite, ButtonsContract):
    pass


class TestButtonsOnPostgres(OnPostgres, ButtonsContract):
    pass
