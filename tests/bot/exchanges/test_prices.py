"""What a venue says of the moment, without a venue."""

from datetime import timedelta

import pytest

from bot.errors import VenueUnavailable
from bot.exchanges.prices import CcxtPrices
from bot.exchanges.venues import venue_named
from core.domain.market import to_millis
from tests.fakes import FakeClock


class Lister:
    """A venue that fails the whole question when one name in it is unknown to it."""

    def __init__(self):
        self.asked, self.venue = [], venue_named("upbit")

    def can(self, _ability):
        return False

    async def markets(self):
        return {"BTC/KRW": {}}

    async def __call__(self, _call, symbols=()):
        self.asked.append(symbols)
        return {symbol: {"last": 90_000_000} for symbol in symbols}


async def test_a_venue_is_asked_only_for_what_it_lists():
    lister = Lister()
    prices = CcxtPrices(lister, FakeClock())
    assert list(await prices.prices(["BTC/KRW", "NOPE/KRW"])) == ["BTC/KRW"]
    assert await prices.prices(["NOPE/KRW"]) == {}
    assert lister.asked == [["BTC/KRW"]]


class Page:
    """A venue that answers a page where there should be numbers: ccxt makes nothing of it."""

    venue = venue_named("binance")

    def can(self, _ability):
        return True

    async def markets(self):
        return {"BTC/USDT:USDT": {}}

    async def __call__(self, _call, *_arguments):
        return None


async def test_a_page_is_neither_a_time_nor_a_price():
    prices = CcxtPrices(Page(), FakeClock())
    with pytest.raises(VenueUnavailable, match="Binance answered no time"):
        await prices.skew()
    with pytest.raises(VenueUnavailable, match="Binance answered no prices"):
        await prices.prices(["BTC/USDT:USDT"])


class SlowAnswer:
    """A venue that is asked for its time, and a clock that runs on until it has told it."""

    def __init__(self, clock, seconds, ahead):
        self.clock, self.seconds, self.ahead = clock, seconds, ahead

    def can(self, _ability):
        return True

    async def __call__(self, _call):
        self.clock.advance(seconds=self.seconds)
        return to_millis(self.clock.now()) + self.ahead * 1000


@pytest.mark.parametrize(("seconds", "ahead", "apart"), [(6, 0, 0), (6, 9, 12), (0, -4, -4)])
async def test_an_answer_that_took_long_is_no_proof_of_clocks_apart(seconds, ahead, apart):
    clock = FakeClock()
    prices = CcxtPrices(SlowAnswer(clock, seconds, ahead), clock)
    assert await prices.skew() == timedelta(seconds=apart)
