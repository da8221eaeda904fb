"""One owner in one private chat: everybody else hears nothing, whatever they send."""

import logging

import pytest

from core.domain.people import Language, Role
from tests.handlers.telegram import OWNER
from tests.handlers.town import Plan

GROUP = -5
STRANGER = 666


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.WARNING, "bot.door")
    return caplog


async def test_a_stranger_hears_nothing_and_does_nothing(town, log):
    stranger = town.phone(STRANGER)
    for text in ("/start", "/panic", "/status", "/start abcdefgh", "hello"):
        await stranger.says(text)
    assert stranger.messages == []
    assert f"refused: user {STRANGER} in chat {STRANGER}" in log.text
    assert not (await town.settings()).paused


async def test_a_stranger_cannot_press_the_owners_buttons(town, phone, log):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    stranger = town.phone(STRANGER, chat=OWNER)
    await stranger.forges(card["buttons"][0][0]["callback_data"], card)
    assert stranger.answer == {}
    assert f"refused: user {STRANGER}" in log.text
    assert await town.open_trades() == ()


async def test_in_a_group_even_the_owner_hears_nothing(town, log):
    group = town.phone(OWNER, chat=GROUP)
    for text in ("/panic", "/status", "/start", "/start@nightdesk_demo_bot"):
        await group.says(text)
    assert group.messages == []
    assert f"refused: user {OWNER} in chat {GROUP}" in log.text
    assert not (await town.settings()).paused


FORGED = (
    *("ok:aaaaaaaaaa", "ok:", "ok", ":", "go:' OR 1=1 --", "close:" + "a" * 58),
    *("no such verb:aaaaaaaaaa", "🚀:🚀", "{}"),
)


async def test_made_up_callback_data_is_refused(town, phone):
    for data in FORGED:
        await phone.forges(data, phone.messages[-1])
        assert phone.alerted
        assert phone.popup == (
            "This button is used up or too old. The newest card has fresh ones."
        )


async def test_the_id_of_another_button_does_not_work_under_another_verb(town, phone):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    identity = card["buttons"][2][0]["callback_data"].partition(":")[2]
    await phone.forges(f"ok:{identity}", card)
    assert phone.popup.startswith("This button is used up")
    assert await town.open_trades() == ()
    assert len(await town.waiting()) == 1


async def test_the_first_one_with_the_code_owns_the_desk(founded, log):
    async with founded(Plan(paired=False, code="k7q2mxab")) as town:
        first, second = town.phone(8001), town.phone(STRANGER)
        await first.says("/start")
        assert first.messages == []
        await first.says("/start k7q2mxaa")
        assert first.messages == []
        await first.says("/start k7q2mxab")
        assert first.hears("This desk is yours now. Nobody else can use it.")
        assert first.hears("Nightdesk watches the market")
        (owner,) = await town.ledger.people()
        assert (owner.id, owner.chat, owner.role) == (8001, 8001, Role.OWNER)

        await second.says("/start k7q2mxab")
        assert second.messages == []
        assert len(await town.ledger.people()) == 1
        await first.says("/status")
        assert first.hears("Next look")


async def test_a_code_in_a_group_pairs_nobody(founded):
    async with founded(Plan(paired=False, code="k7q2mxab")) as town:
        group = town.phone(8001, chat=GROUP)
        await group.says("/start k7q2mxab")
        assert group.messages == []
        assert await town.ledger.people() == ()


async def test_a_desk_with_an_owner_takes_no_code(founded):
    async with founded(Plan(code="k7q2mxab")) as town:
        stranger = town.phone(STRANGER)
        await stranger.says("/start k7q2mxab")
        assert stranger.messages == []


async def test_a_desk_without_a_code_can_be_claimed_by_nobody(founded):
    async with founded(Plan(paired=False)) as town:
        for text in ("/start", "/start ", "/start  x", "/start None"):
            phone = town.phone()
            await phone.says(text)
            assert phone.messages == []


async def test_the_owner_is_greeted_in_the_telephones_language(founded):
    async with founded(Plan(paired=False, code="k7q2mxab", language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/start k7q2mxab")
        assert phone.hears("이제 이 데스크의 주인입니다.")


async def test_nobodys_words_are_written_to_the_log(town, log):
    await town.phone(STRANGER).says("my password is hunter2")
    assert "hunter2" not in log.text
