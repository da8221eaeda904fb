"""When the venue falls silent another stands in: nobody enters meanwhile, and stops are watched."""

import asyncio

import pytest

from core.domain.people import Language
from tests.bot.stages.city import Plan, until
from tests.venues.faults import Http, Stream

EN, KO = Language.EN, Language.KO
ANYWAY = {EN: "Long anyway", KO: "그래도 롱"}
AWAY = {
    EN: "Binance is silent. Prices and candles come from Bybit for now",
    KO: "Binance 시세가 끊겼습니다. 01-01 20:59부터 Bybit 시세로 봅니다.",
}
STALE = {
    EN: "🟠 data stale, no entries: another venue stands in",
    KO: "🟠 데이터 멈춤, 진입 쉼: 다른 거래소 시세",
}
NO_LOOK = {EN: "No look taken; entries rest.", KO: "분석하지 않았습니다. 신규 진입만 쉽니다."}
REFUSED = {
    EN: "No entry: another venue stands in for the prices of BTC; entries wait for its own.",
    KO: "진입하지 않습니다. 지금 BTC 시세는 다른 거래소 것입니다.",
}
BACK = "Binance is back"


async def falls_silent(city, how=Http.DISCONNECT):
    """It neither answers nor streams, and what is open breaks."""
    city.own.faults.begin(how)
    city.own.faults.begin(Stream.SILENT)
    await city.own.disconnect()


async def is_replaced(city):
    await falls_silent(city)
    await city.passes(35)
    await until(lambda: city.market.switch.is_away)


@pytest.mark.parametrize(("language", "how"), [(EN, Http.STALL), (KO, Http.DISCONNECT)])
async def test_after_thirty_silent_seconds_another_venue_stands_in_and_nobody_enters(
    opens, venues, language, how
):
    async with opens(venues, Plan(language=language)) as city:
        await city.phone.says("/analyze BTC")
        card = city.phone.with_button(ANYWAY[language])
        await city.listens()
        await falls_silent(city, how)
        await city.passes(30)
        assert not city.market.switch.is_away
        await city.passes(5)
        await city.hears(AWAY[language])
        await city.phone.says("/market BTC")
        assert city.phone.hears("Bybit")
        assert city.phone.hears(STALE[language])
        await city.phone.says("/analyze BTC")
        assert city.phone.hears(NO_LOOK[language])
        await city.phone.taps(ANYWAY[language], on=card)
        assert city.phone.hears(REFUSED[language])
        await city.passes(60)
        await city.hears(AWAY[language])
        assert city.counts(AWAY[language]) == 1


async def test_stops_are_watched_on_the_prices_of_the_other_venue(city):
    await city.holds()
    (trade,) = await city.open_trades()
    await city.listens()
    await is_replaced(city)
    await city.venues.trade("BTC", float(trade.stop) - 20)
    await city.venues.advance(minutes=1)
    await city.hears("Stopped. BTC LONG")


async def test_two_steady_minutes_bring_the_venue_back_and_entries_with_it(city):
    await city.phone.says("/analyze BTC")
    await city.listens()
    await is_replaced(city)
    city.own.faults.clear()
    await city.passes(110)
    assert city.market.switch.is_away
    await city.passes(20)
    await city.hears(BACK)
    assert city.counts(BACK) == 1
    await city.phone.says("/market BTC")
    assert city.phone.hears("Binance")
    assert city.phone.hears("🟢 data good"), city.phone.text
    await city.holds()
    assert len(await city.open_trades()) == 1


async def test_streams_that_die_alone_cost_no_switch_and_no_candle(city):
    await city.phone.says("/market BTC")
    await city.listens()
    city.own.faults.begin(Stream.SILENT)
    await city.venues.advance(minutes=3)
    await asyncio.sleep(0.1)
    await city.phone.says("/market BTC")
    assert city.phone.hears("🟢 data good"), city.phone.text
    assert not city.market.switch.is_away
