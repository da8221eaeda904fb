"""The first start and later ones: with venues or without, nothing chosen is lost, nothing read twice."""

import pytest

from bot.errors import NoSuchMarket
from core.domain.market import Timeframe
from core.domain.people import Language
from core.domain.trading import FundingPayment
from tests.bot.stages.city import BTC, ETH, Plan, fakes, until
from tests.venues.faults import Http

NOTHING = {
    Language.EN: "BTC: nothing has been heard yet.",
    Language.KO: "BTC: 아직 받은 데이터가 없습니다.",
}
ALL = ("BTC", "ETH", "SOL")
LATE = 30  # candles that a start may ask for again: the newest, and their overlap


def fall_silent(venues):
    for venue in venues:
        venue.faults.begin(Http.DISCONNECT)


def speak(venues):
    for venue in venues:
        venue.faults.clear()


@pytest.mark.parametrize("language", list(Language))
async def test_without_any_venue_the_desk_starts_answers_and_says_that_nothing_is_heard(
    opens, venues, language
):
    fall_silent(venues)
    async with opens(venues, Plan(language=language)) as city:
        for words in ("/status", "/market", "/market BTC", "/analyze"):
            await city.phone.says(words)
            assert city.phone.hears(NOTHING[language]), words
        venues["binance"].faults.clear()
        await until(lambda: city.market.switch.own.heard_at)
        speak(venues)
        await city.passes(20)
        await city.phone.says("/status")
        assert city.phone.hears(f"{city.price:,.1f}")
        await city.phone.says("/market BTC")
        assert city.phone.hears("🟢")


async def test_a_start_without_the_venue_shows_what_is_kept_and_how_old_it_is(opens, venues):
    async with opens(venues) as city:
        await city.holds()
        (trade,) = await city.open_trades()
    fall_silent(venues)
    async with opens(venues) as city:
        city.moves(minutes=2)
        await city.phone.says("/positions")
        assert city.phone.hears("BTC LONG")
        assert city.phone.hears("nothing newer has been heard.")
        await city.phone.says("/status")
        assert city.phone.hears("Positions 1")
        await city.phone.says("/market BTC")
        assert city.phone.hears("🟠 data stale, no entries")
        assert city.market.contracts[BTC].tick_size == venues.world["BTC"].tick
        speak(venues)
        await city.venues.trade("BTC", float(trade.stop) - 20)
        await city.venues.advance(minutes=1)
        await city.hears("Stopped. BTC LONG")


async def test_a_stop_and_funding_of_a_time_without_the_desk_are_made_up_for(opens, venues):
    async with opens(venues) as city:
        await city.holds()
        (trade,) = await city.open_trades()
    await venues.advance(minutes=6 * 60)
    await venues.trade("BTC", float(trade.stop) - 20)
    await venues.advance(minutes=5)
    async with opens(venues) as city:
        await city.hears("Stopped. BTC LONG")
        booked = [one.activity for one in await city.ledger.booked("paper")]
        paid = [one.time.hour for one in booked if isinstance(one, FundingPayment)]
        assert paid == [16]


async def test_candles_are_read_once_and_only_what_is_new_after_a_restart(opens, venues):
    asked = venues["binance"].journal
    async with opens(venues) as city:
        await city.phone.says("/market")
        await city.holds()
    asked.clear()
    await venues.advance(minutes=10)
    async with opens(venues) as city:
        await city.phone.says("/market BTC")
        assert city.phone.hears("🟢 data good")
        now = venues.world.now
        for width in (Timeframe.M1, Timeframe.H1):  # the world is too young for whole longer ones
            told = [e for e in asked.asked("/klines") if e.query["interval"] == width.value]
            ages = [now - int(one.query["startTime"]) for one in told]
            assert told
            assert max(ages) < LATE * width.milliseconds


async def test_a_symbol_and_a_timeframe_that_a_person_chose_outlive_a_restart(opens):
    async with fakes(ALL) as venues:
        async with opens(venues) as city:
            await city.phone.says("/watch SOL")
            await city.phone.says("/settings")
            await city.phone.taps("1h")
            await city.phone.taps("15m")
        async with opens(venues) as city:
            settings = await city.ledger.settings("paper")
            assert settings.symbols == (BTC, ETH, "SOL/USDT:USDT")
            assert settings.timeframe is Timeframe.M15
            await city.phone.says("/market SOL")
            assert city.phone.hears("🟢 data good")


async def test_a_symbol_that_the_venue_does_not_list_stops_the_start_with_a_sentence(
    opens, venues
):
    with pytest.raises(NoSuchMarket, match="SYMBOLS: Binance does not list DOGE/USDT:USDT"):
        async with opens(venues, Plan(settings={"symbols": f"{BTC},DOGE/USDT:USDT"})):
            pass
