"""A desk among venues that answer: live prices in the chat, decisions at the close, stops and funding."""

import asyncio
from decimal import Decimal

import pytest

from core.domain.market import to_millis
from core.domain.people import Language
from core.domain.trading import Fill, FundingPayment
from core.owner import ACCOUNT
from tests.bot.stages.city import BTC, Plan, fakes, until
from tests.venues.generated import NOON
from tests.venues.series import MINUTE
from tests.venues.world import HOUR

SAYS = ("/market", "/market BTC", "/analyze", "/chart BTC 4h", "/status")
GOOD = {Language.EN: "data good", Language.KO: "데이터 정상"}
MADE_UP = ("synthetic", "합성", "가상 데이터")
in_both = pytest.mark.parametrize("language", list(Language))


@in_both
async def test_every_screen_shows_prices_as_they_are_and_calls_nothing_made_up(
    opens, venues, language
):
    async with opens(venues, Plan(language=language)) as city:
        price = f"{city.price:,.1f}"
        for words in SAYS:
            await city.phone.says(words)
            assert not any(city.phone.sees(word) for word in MADE_UP)
            if words != "/analyze":
                assert city.phone.hears(price), words
        assert city.phone.sees(GOOD[language])


async def test_a_close_on_the_stream_is_decided_on_once_and_the_tick_finds_it_done(city):
    await city.listens()
    await city.venues.advance(minutes=1)
    await until(lambda: len(city.formed) == 1)
    (decisions,) = city.formed
    assert {d.symbol: d.as_of for d in decisions} == dict.fromkeys(
        (BTC, "ETH/USDT:USDT"), city.desk.clock.now()
    )
    city.moves(seconds=2)
    await city.close()
    await city.passes(10)
    assert len(city.formed) == 1


async def test_a_stop_is_hit_by_a_trade_on_the_venue_and_the_chat_tells_it(city):
    await city.holds()
    (trade,) = await city.open_trades()
    assert float(trade.entry_price) == pytest.approx(city.price, rel=0.003)
    await city.venues.trade("BTC", float(trade.stop) - 20)
    await asyncio.sleep(0.1)
    assert await city.open_trades() == (trade,)
    await city.venues.advance(minutes=1)
    await city.hears("Stopped. BTC LONG")
    assert await city.open_trades() == ()


async def test_every_fill_knows_what_a_dollar_is_in_seoul(city):
    await city.holds()
    await city.phone.says("/panic")
    booked = await city.ledger.booked(ACCOUNT)
    assert {type(one.activity) for one in booked} == {Fill}
    assert {one.krw for one in booked} == {Decimal(1400)}


async def test_funding_that_comes_due_is_booked_once_at_the_mark(opens):
    async with fakes(start=NOON + 4 * HOUR - 2 * MINUTE) as venues, opens(venues) as city:
        await city.holds()
        (trade,) = await city.open_trades()
        for _ in range(4):
            await venues.advance(minutes=1)
            await asyncio.sleep(0.1)
        booked = [one.activity for one in await city.ledger.booked(ACCOUNT)]
        (paid,) = [one for one in booked if isinstance(one, FundingPayment)]
        due, rate = venues["binance"].funding("BTC")[-1]
        assert (to_millis(paid.time), float(paid.rate)) == (due, pytest.approx(rate))
        assert float(paid.amount) == pytest.approx(
            -rate * float(trade.remaining) * venues["binance"].mark("BTC"), rel=0.01
        )
