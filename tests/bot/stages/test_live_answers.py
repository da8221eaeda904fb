"""Answers that are none: the desk decides on nothing that was not told, and says what is wrong."""

import pytest

from core.domain.people import Language
from tests.bot.stages.city import BTC, ETH, Plan, until
from tests.venues.faults import Http, Stream

ANSWERED = [
    *(Http.TOO_MANY, Http.BANNED, Http.BROKEN, Http.GATEWAY),
    *(Http.HTML, Http.EMPTY, Http.MAINTENANCE),
]
EN, KO = Language.EN, Language.KO
STALE = {EN: "🟠 data stale, no entries: ", KO: "🟠 데이터 멈춤, 진입 쉼: "}
OLD = {EN: "price 2m old", KO: "시세 2분 전"}
NO_LOOK = {EN: "No look taken; entries rest.", KO: "분석하지 않았습니다. 신규 진입만 쉽니다."}
APART = {
    4: "🟡 data usable: clocks 4 s apart",
    40: "🔴 data broken, no entries: clocks 40 s apart",
}
ALONE = Plan(settings={"second_venue": "binance"})


@pytest.mark.parametrize("fault", ANSWERED, ids=lambda fault: fault.name.lower())
async def test_streams_alone_carry_the_desk_and_without_them_another_venue_stands_in(city, fault):
    await city.phone.says("/market")
    await city.listens()
    city.own.faults.begin(fault)
    await city.passes(60)
    await until(lambda: city.formed)
    assert {one.symbol for one in city.formed.pop()} == {BTC, ETH}
    await city.phone.says("/market BTC")
    assert city.phone.hears("🟢 data good"), city.phone.text
    city.own.faults.begin(Stream.SILENT)
    await city.own.disconnect()
    await city.passes(35)
    assert await city.hears("Binance is silent.")
    await city.phone.says("/market BTC")
    assert city.phone.hears("another venue stands in")
    city.moves(minutes=60)
    await city.close()
    assert city.formed == [()]


@pytest.mark.parametrize("language", [EN, KO])
async def test_when_nobody_tells_the_truth_the_desk_says_how_old_what_it_knows_is(
    opens, venues, language
):
    async with opens(venues, Plan(language=language)) as city:
        await city.phone.says("/market")
        await city.listens()
        for venue in venues:
            venue.faults.begin(Http.HTML)
            venue.faults.begin(Stream.SILENT)
            await venue.disconnect()
        city.moves(minutes=2)
        await city.close()
        assert city.formed == [()]
        await city.phone.says("/market BTC")
        assert city.phone.hears(STALE[language])
        assert city.phone.hears(OLD[language])
        await city.phone.says("/analyze BTC")
        assert city.phone.hears(NO_LOOK[language])


async def test_a_venue_that_asks_to_wait_is_left_alone_so_long(opens, venues):
    async with opens(venues, ALONE) as city:
        await city.listens()
        city.own.faults.begin(Http.TOO_MANY, on="klines", times=1, retry_after=60)
        await city.phone.says("/chart BTC 15m")
        city.own.journal.clear()
        city.moves(seconds=50)
        await city.phone.says("/chart ETH 15m")
        assert not city.own.journal.asked("klines")
        city.moves(seconds=11)
        await city.phone.says("/chart ETH 15m")
        assert city.own.journal.asked("klines")


@pytest.mark.parametrize("seconds", [4, -4, 40, -40])
async def test_clocks_that_are_apart_are_said_and_far_ones_forbid_entries(opens, venues, seconds):
    venues["binance"].faults.skew = seconds * 1_000
    async with opens(venues) as city:
        await until(lambda: city.market.switch.own.skew)
        await city.listens()
        await city.phone.says("/market BTC")
        assert city.phone.hears(APART[abs(seconds)])
        await city.passes(60)
        await city.close()
        assert len(city.formed) == 1
        assert bool(city.formed[0]) is (abs(seconds) == 4)
