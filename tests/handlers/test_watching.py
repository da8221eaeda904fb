"""Symbols come and go by typing, with the same rules as in the settings."""

import pytest

from core.domain.market import Timeframe
from core.domain.people import Role
from core.errors import UnknownSymbol
from core.owner import ChangeSettings
from handlers.arguments import nearest, symbol
from tests.builders import ACCOUNT, Offer, person, settings
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame
from tests.handlers.markets import SYMBOLS
from tests.handlers.town import Plan
from tests.phone import labels

BTC, ETH, SOL = SYMBOLS
VIEWER = 77
TWO = Plan(symbols=(BTC, ETH))


@pytest.fixture
async def small(founded):
    """A desk that looks at two of the three symbols of its market."""
    async with founded(TWO) as town:
        phone = town.phone()
        await phone.says("/start")
        yield town, phone


async def test_a_symbol_is_added_and_the_list_is_shown_with_its_buttons(small):
    town, phone = small
    await phone.says("/watch sol")
    assert phone.lines[:2] == [
        "SOL is looked at and traded from the next look on.",
        "On the list: BTC, ETH, SOL",
    ]
    assert "✓ SOL" in labels(phone.messages[-1])
    assert (await town.settings()).symbols == (BTC, ETH, SOL)


async def test_alone_it_shows_the_list_and_a_tap_changes_it(small):
    town, phone = small
    await phone.says("/watch")
    assert phone.lines[0] == "On the list: BTC, ETH"
    await phone.taps("SOL")
    assert (await town.settings()).symbols == (BTC, ETH, SOL)


async def test_a_symbol_that_is_there_already_stays(small):
    town, phone = small
    await phone.says("/watch BTC, SOL")
    assert phone.lines[:2] == [
        "BTC is on the list already.",
        "SOL is looked at and traded from the next look on.",
    ]
    assert (await town.settings()).symbols == (BTC, ETH, SOL)


async def test_symbols_are_taken_off_but_the_last_one_stays(small):
    town, phone = small
    await phone.says("/unwatch ETH")
    assert phone.lines[0] == "ETH is off the list: no new entries."
    await phone.says("/unwatch BTC")
    assert phone.lines[0] == "BTC is the last one and stays. Add another first: /watch ETH"
    await phone.says("/unwatch SOL")
    assert phone.lines[0] == "SOL is not on the list."
    assert (await town.settings()).symbols == (BTC,)


async def test_a_symbol_with_a_position_stays(small):
    town, phone = small
    await town.holds(phone, "ETH")
    await phone.says("/unwatch ETH")
    assert phone.text.startswith("ETH")
    assert (await town.settings()).symbols == (BTC, ETH)


async def test_one_word_that_is_unknown_changes_nothing(small):
    town, phone = small
    await phone.says("/watch SOL DOGEE")
    assert phone.text == "I do not trade DOGEE here. There is: BTC, ETH, SOL"
    assert (await town.settings()).symbols == (BTC, ETH)


async def test_who_may_only_look_changes_nothing(small):
    town, _ = small
    await town.ledger.commit(person(id=VIEWER, chat=VIEWER, role=Role.VIEWER))
    viewer = town.phone(VIEWER)
    await viewer.says("/watch SOL")
    await viewer.says("/unwatch ETH")
    assert (await town.settings()).symbols == (BTC, ETH)
    await viewer.says("/watch")
    assert viewer.lines[0] == "On the list: BTC, ETH"


MANY = tuple(
    f"{coin}/USDT:USDT"
    for coin in ["BTC", "ETH", "SOL", "XRP", "DOGE", "DOGS", "ADA", "AVAX", "LINK", "DOT"]
)


def test_of_many_symbols_those_that_look_alike_are_named():
    with pytest.raises(UnknownSymbol) as wrong:
        symbol("dogee", MANY)
    assert str(wrong.value.numbers["known"]).startswith("DOGE, DOGS")
    assert nearest("zzz", MANY) == "BTC, ETH, SOL, XRP, DOGE, DOGS, ADA, AVAX, …"


async def test_a_symbol_that_its_market_no_longer_has_can_still_be_taken_off():
    clock, ledger = FakeClock(), MemoryLedger()
    market = FakeMarket(clock, {ETH: frame([1.0])})
    change = ChangeSettings(ACCOUNT, clock, ledger, market, Offer((ETH,), (Timeframe.H1,)))
    await ledger.commit(settings(symbols=(BTC, ETH)))

    assert (await change.toggle_symbol(BTC)).symbols == (ETH,)
    with pytest.raises(UnknownSymbol):
        await change.toggle_symbol(BTC)
