"""What a venue says of the moment, without a venue."""

import math
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import VenueUnavailable
from bot.exchanges.prices import CcxtPrices, derivatives_of, positive, price_of, with_marks
from bot.exchanges.venues import venue_named
from core.domain.derivatives import Derivatives
from core.domain.market import to_millis
from tests.builders import NOON
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


@pytest.mark.parametrize(
    "told", [None, "", "soon", "nan", math.nan, math.inf, -1, "0", [], {}], ids=repr
)
def test_what_is_no_price_is_none(told):
    assert positive(told) is None


@pytest.mark.parametrize("told", ["1.5", 1.5, Decimal("1.5")], ids=repr)
def test_a_price_is_read_as_it_is_written(told):
    assert positive(told) == Decimal("1.5")


def test_an_empty_mark_hides_no_other_price():
    ticker = {"last": 1.5, "percentage": "", "info": {"markPrice": "", "indexPrice": ""}}
    price = price_of(with_marks(ticker, venue_named("bybit")), {}, NOON)
    assert (price.last, price.mark, price.index) == (Decimal("1.5"), None, None)


HOUR = 3_600_000


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ([(HOUR, 10.0), (2 * HOUR, 4.0), (26 * HOUR, 5.0)], 0.25),
        ([(2 * HOUR, 4.0), (None, 9.0), ("", 9.0), (26 * HOUR, 5.0)], 0.25),
        ([(2 * HOUR, 4.0), (3 * HOUR, math.nan), (26 * HOUR, 5.0), (27 * HOUR, -7)], 0.25),
        ([(26 * HOUR, 5.0)], None),
        ([(None, 5.0)], None),
        ([], None),
    ],
)
def test_open_interest_is_compared_by_rows_that_can_be_true(told, change):
    rows = [{}, *({"timestamp": t, "openInterestAmount": a} for t, a in told)]
    assert derivatives_of(NOON, {}, {}, rows, []).open_interest_day == change


def test_cells_that_are_no_numbers_leave_derivatives_unknown():
    told = {"fundingTimestamp": "", "markPrice": "", "fundingRate": ""}
    interest, crowd = {"openInterestAmount": ""}, [{"longShortRatio": ""}]
    assert derivatives_of(NOON, told, interest, [], crowd) == Derivatives(time=NOON)
