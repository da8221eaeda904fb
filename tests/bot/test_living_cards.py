"""Position cards in the chat: edited in place, only when something changed, never under a thumb."""

import pytest

from tests.handlers.haste import hurry
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import Plan, living


@pytest.fixture
async def town(tmp_path, monkeypatch):
    hurry(monkeypatch)
    weather = Weather()
    async with telegram(weather) as url, living(url, weather, tmp_path, Plan()) as town:
        yield town


@pytest.fixture
async def phone(town):
    phone = town.phone()
    await phone.says("/start")
    await town.holds(phone)
    return phone


def edits(town):
    return sum(call.startswith("edit") for call in town.weather.calls)


async def test_a_price_that_stood_still_costs_no_edit(town, phone):
    await town.works("cards")
    before = edits(town)
    for _ in range(3):
        await town.works("cards")
    assert edits(town) == before


async def test_a_price_that_moved_is_one_edit(town, phone):
    await town.works("cards")
    before = edits(town)
    town.clock.advance_to(town.clock.now().replace(hour=13))
    await town.works("cards")
    await town.works("cards")
    assert edits(town) == before + 1
    await phone.look()
    assert "open 1h" in phone.message("closing now gives")["text"]


async def test_a_card_with_a_question_on_it_is_left_alone(town, phone):
    await phone.taps("Close all")
    before = edits(town)
    town.clock.advance_to(town.clock.now().replace(hour=13))
    await town.works("cards")
    assert edits(town) == before
    await phone.look()
    assert phone.with_button("Really close")


async def test_the_card_of_a_closed_position_is_not_touched_any_more(town, phone):
    await phone.taps("Close all")
    await phone.taps("Really close")
    before = edits(town)
    await town.lives()
    assert edits(town) == before
    assert await town.desk.stores.cards.all("position") == ()


async def test_who_reads_another_language_now_gets_the_card_in_it(town, phone):
    await phone.says("/settings")
    await phone.taps("Language")
    await phone.taps("한국어")
    await town.works("cards")
    await phone.look()
    assert phone.sees("지금 종료하면")


async def test_only_the_newest_card_of_a_position_lives(town, phone):
    await phone.says("/positions")
    newest = phone.messages[-1]["id"]
    town.clock.advance_to(town.clock.now().replace(hour=13))
    await town.works("cards")
    await phone.look()
    moved = [message["id"] for message in phone.messages if "open 1h" in message["text"]]
    assert moved == [newest]
