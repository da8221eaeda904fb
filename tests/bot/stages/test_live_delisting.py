"""A symbol that its venue takes off the list: nobody enters, whoever is in gets out, the rest goes on."""

from datetime import timedelta

import pytest

from core.domain.people import Language
from tests.bot.stages.city import BTC, ETH, Plan, until
from tests.venues.series import DAY

EN, KO = Language.EN, Language.KO
ANYWAY = {EN: "Long anyway", KO: "그래도 롱"}
SOON = {
    EN: "🔴 data broken, no entries: delisted in 3d",
    KO: "🔴 데이터 이상, 진입 쉼: 3일 뒤 상장 폐지",
}
REFUSED = {
    EN: "No entry: the venue takes BTC off its list (01-04 11:59). (ENDING)",
    KO: "진입하지 않습니다. BTC 상장 폐지(01-04 20:59). (ENDING)",
}


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The list is read again and again, not by the hour."""
    monkeypatch.setattr("bot.live.keeping.LISTED", timedelta(milliseconds=50))


@pytest.mark.parametrize("language", [EN, KO])
async def test_an_announced_end_is_said_and_refused_in_words(opens, venues, language):
    async with opens(venues, Plan(language=language)) as city:
        await city.phone.says("/analyze BTC")
        card = city.phone.with_button(ANYWAY[language])
        venues.world["BTC"].delisted = venues.world.now + 3 * DAY
        await until(lambda: city.market.instrument(BTC).ends)
        await city.phone.says("/market BTC")
        assert city.phone.hears(SOON[language]), city.phone.text
        await city.phone.taps(ANYWAY[language], on=card)
        assert city.phone.hears(REFUSED[language]), city.phone.text


async def test_after_its_end_a_position_can_be_closed_and_other_symbols_go_on(opens, venues):
    async with opens(venues) as city:
        await city.holds()
        await ends(city)
        await city.phone.says("/status")
        assert city.phone.hears("Positions 1")
        await city.phone.says("/market")
        assert city.phone.hears("BTC 🔴 data broken, no entries: delisted in 0 s")
        await city.phone.says("/market ETH")
        assert city.phone.hears("🟢 data good")
        await city.phone.says("/positions")
        await city.phone.taps("Close all")
        await city.phone.taps("Really close")
        assert await city.open_trades() == ()


async def test_a_close_is_complete_without_what_has_ended(opens, venues):
    async with opens(venues) as city:
        closing = city.close.closing
        await city.close()
        assert closing.symbols == {BTC, ETH}
        await ends(city)
        await city.close()
        assert closing.symbols == {ETH}


async def test_a_position_outlives_the_end_of_its_contract_and_a_restart(opens, venues):
    async with opens(venues) as city:
        await city.holds()
        await ends(city)
    async with opens(venues) as city:
        assert (await city.ledger.settings("paper")).symbols == (ETH,)
        await city.phone.says("/positions")
        assert city.phone.hears("BTC LONG")
        await city.phone.says("/panic")
        assert await city.open_trades() == ()


async def ends(city):
    city.venues.world["BTC"].delisted = city.venues.world.now
    await until(lambda: city.market.instrument(BTC).ends)
    await city.passes(60)
