"""Alerts in the chat: set, listed, deleted; each rings once, also after a restart."""

import pytest

from core.domain.people import Language, Role
from tests.builders import person
from tests.handlers.markets import HOUR, START, bent, calm_market
from tests.handlers.town import Plan
from tests.phone import labels

VIEWER = 77
JUMP = Plan(recording=bent(calm_market(), 2, 1.2))


async def price(town, symbol="BTC/USDT:USDT"):
    return (await town.market.quote(symbol)).last


async def level(town, factor):
    return int(await price(town)) * factor // 100


async def test_an_alert_rings_once_when_its_price_is_reached(founded):
    async with founded(JUMP) as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says(f"/alert BTC > {await level(town, 115)}")
        assert phone.lines[0] == f"🔔 BTC ≥ {await level(town, 115):,}"
        assert phone.lines[2] == "I will ring once. /alerts lists what waits."

        await town.lives(4)
        await phone.look()

        bells = [m for m in phone.messages if "Reached" in m["text"]]
        assert len(bells) == 1
        assert "Reached at 14:00: " in bells[0]["text"]
        assert labels(bells[0]) == ["🔎 BTC", "🔔 Next time again"]
        await phone.says("/alerts")
        assert phone.lines[1] == "No alerts wait."


async def test_what_happened_while_the_desk_was_down_rings_with_its_own_time(founded, tmp_path):
    async with founded(JUMP) as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says(f"/alert BTC > {await level(town, 115)}")
    async with founded(JUMP, tmp_path) as town:
        phone = town.phone()
        await phone.says("/start")
        town.clock.advance_to(START + 5 * HOUR)
        await town.works("alerts", "outbox")
        await phone.look()
        assert phone.sees("Reached between 14:00 and 15:00: as far as ")
        assert phone.sees("(17:00).")


async def test_a_list_shows_how_each_stands_and_deletes_by_button(town, phone):
    await phone.says("/alert BTC > 900000")
    await phone.says("/alert ETH 4h macd cross up")
    await phone.says("/alerts")
    now = f"{(await price(town)).normalize():,f}"
    assert phone.lines[1] == f"1 BTC ≥ 900,000 · now {now}"
    assert phone.lines[2].startswith("2 ETH 4h MACD crosses up · now ")
    assert await phone.taps("🗑 1") == "Deleted."
    assert phone.lines[1].startswith("1 ETH 4h MACD")
    assert [label for label in labels(phone.messages[-1]) if "🗑" in label] == ["🗑 1"]


async def test_what_is_true_already_is_said_and_waits_only_if_asked_to(town, phone):
    await phone.says("/alert BTC > 1")
    assert phone.text.startswith("BTC ≥ 1 is so already: now ")
    await phone.taps("Leave it")
    await phone.says("/alerts")
    assert phone.lines[1] == "No alerts wait."

    await phone.says("/alert BTC > 1")
    await phone.taps("Wait for the next crossing")
    assert phone.lines[2].startswith("It is so now; I will ring once at the next crossing.")
    await town.lives(2)
    await phone.says("/alerts")
    assert phone.lines[1].endswith("waits for the next crossing")


async def test_a_viewer_has_alerts_of_their_own(town, phone):
    await town.ledger.commit(person(id=VIEWER, chat=VIEWER, role=Role.VIEWER))
    viewer = town.phone(VIEWER)
    await viewer.says("/alert BTC > 900000")
    assert viewer.lines[0] == "🔔 BTC ≥ 900,000"
    await phone.says("/alerts")
    assert phone.lines[1] == "No alerts wait."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("BTC rsi < 300", "That level cannot be reached"),
        ("BTC <", "Type it like /alert BTC > 70000"),
        ("DOGEE > 1", "I do not trade DOGEE here"),
        ("BTC 4h > 1", "have no timeframe"),
    ],
)
async def test_what_cannot_be_read_is_said_with_an_example(phone, words, said):
    await phone.says(f"/alert {words}")
    assert phone.hears(said)


async def test_more_than_fifty_are_refused_in_words(phone):
    for number in range(50):
        await phone.says(f"/alert BTC > {900_000 + number}", waits=number == 49)
    await phone.says("/alert BTC > 800000")
    assert phone.text == "You have 50 alerts already. Delete one in /alerts first."


async def test_an_alert_rings_in_korean(founded):
    plan = Plan(language=Language.KO, recording=JUMP.recording)
    async with founded(plan) as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says(f"/alert BTC {await level(town, 115)} 이상")
        await town.lives(4)
        await phone.look()
        assert phone.sees("도달: ")
        assert phone.sees("현재 ")
