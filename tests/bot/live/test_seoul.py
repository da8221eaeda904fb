"""The won in a dollar, and the premium: from Seoul while it speaks, from elsewhere while it does not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import VenueUnavailable
from bot.live.prices import Price
from bot.live.seoul import FRESH, KEPT, TETHER, Seoul
from bot.won import TYPED, TypedWon
from core.domain.won import Premium, WonRate
from tests.builders import NOON
from tests.fakes import FakeClock

BTC, DOGE = "BTC/USDT:USDT", "DOGE/USDT:USDT"
LISTED = {TETHER: Decimal(1_400), "BTC/KRW": Decimal(147_000_000)}


class Board:
    """A Korean venue that lists little and may be silent."""

    def __init__(self, clock):
        self.clock = clock
        self.is_down = False
        self.asked = []

    async def prices(self, symbols):
        self.asked.append(list(symbols))
        if self.is_down:
            raise VenueUnavailable("Upbit cannot be read")
        now = self.clock.now()
        return {s: Price(time=now, last=LISTED[s]) for s in symbols if s in LISTED}


class House:
    def __init__(self, typed=Decimal(1_380)):
        self.clock = FakeClock()
        self.board = Board(self.clock)
        self.won = Seoul("Upbit", self.board, self.clock, TypedWon(self.clock, typed))


@pytest.fixture
def house():
    return House()


async def test_a_dollar_is_what_tether_costs_in_seoul(house):
    await house.won.refresh()
    assert house.won.rate() == WonRate(NOON, Decimal(1_400), "Upbit")


async def test_before_seoul_has_spoken_the_typed_in_rate_counts(house):
    assert house.won.rate() == WonRate(NOON, Decimal(1_380), TYPED)
    assert House(typed=None).won.rate() is None


async def test_a_rate_is_kept_for_hours_with_its_time_and_then_given_up(house):
    await house.won.refresh()
    house.board.is_down = True
    with pytest.raises(VenueUnavailable):
        await house.won.refresh()
    house.clock.moment = NOON + KEPT
    assert house.won.rate() == WonRate(NOON, Decimal(1_400), "Upbit")
    house.clock.advance(seconds=1)
    assert house.won.rate().source == TYPED


async def test_the_premium_is_against_tether_and_against_the_banks(house):
    house.won.bank = Decimal(1_350)
    told = await house.won.premium(BTC, Decimal(100_000))
    banks = Decimal(147_000_000) / (100_000 * Decimal(1_350)) - 1
    assert told == Premium(Decimal(147_000_000), banks, Decimal("0.05"), "Upbit")


async def test_without_the_banks_there_is_the_premium_against_tether_alone(house):
    told = await house.won.premium(BTC, Decimal(100_000))
    assert (told.share, told.over_tether) == (None, Decimal("0.05"))


async def test_there_is_no_premium_of_what_seoul_does_not_list_or_of_no_price(house):
    assert await house.won.premium(DOGE, Decimal("0.3")) is None
    assert await house.won.premium(BTC, Decimal(0)) is None


async def test_a_minute_is_not_asked_for_twice_and_an_old_price_gives_no_premium(house):
    for _ in range(2):
        await house.won.premium(BTC, Decimal(100_000))
    assert house.board.asked == [[TETHER, "BTC/KRW"]]
    house.board.is_down = True
    house.clock.moment = NOON + FRESH + timedelta(seconds=1)
    assert await house.won.premium(BTC, Decimal(100_000)) is None
