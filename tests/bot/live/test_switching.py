"""Another venue stands in by a written policy, and each switch is told once."""

import pytest

from bot.errors import VenueUnavailable
from bot.live.switching import Switch
from tests.bot.live.street import BTC, feed


class Pair:
    """Two venues on one clock, and what was told of their switches."""

    def __init__(self, *, alone: bool = False) -> None:
        self.own, self.venue = feed("Binance")
        self.other, self.second = feed("Bybit")
        self.other.clock = self.second.clock = self.own.clock
        self.told: list[tuple[str, str]] = []
        self.switch = Switch(self.own, None if alone else self.other, self.own.clock, self.tell)

    async def tell(self, before, now) -> None:
        self.told.append((before.name, now.name))

    async def passes(self, seconds: int) -> None:
        for _ in range(seconds // 5):
            self.own.clock.advance(seconds=5)
            await self.switch.look()


@pytest.fixture
async def pair() -> Pair:
    two = Pair()
    await two.own.refresh([BTC])
    await two.other.refresh([BTC])
    return two


async def test_a_venue_that_answers_is_never_left_however_quiet_its_streams_are(pair):
    await pair.passes(600)
    assert not pair.switch.is_away
    assert pair.told == []


async def test_after_thirty_silent_seconds_the_other_venue_stands_in_and_it_is_told_once(pair):
    pair.venue.is_down = True
    await pair.passes(30)
    assert not pair.switch.is_away
    await pair.passes(5)
    assert pair.switch.serving is pair.other
    await pair.passes(300)
    assert pair.told == [("Binance", "Bybit")]


async def test_it_comes_back_after_two_steady_minutes(pair):
    pair.venue.is_down = True
    await pair.passes(60)
    pair.venue.is_down = False
    await pair.passes(115)
    assert pair.switch.is_away
    await pair.passes(15)
    assert pair.switch.serving is pair.own
    assert pair.told == [("Binance", "Bybit"), ("Bybit", "Binance")]


async def test_an_answer_now_and_then_does_not_bring_it_back(pair):
    pair.venue.is_down = True
    await pair.passes(60)
    for _ in range(5):
        pair.venue.is_down = False
        await pair.passes(90)
        pair.venue.is_down = True
        await pair.passes(10)
    assert pair.switch.is_away
    assert len(pair.told) == 1


async def test_when_both_are_silent_nothing_is_switched(pair):
    pair.venue.is_down = pair.second.is_down = True
    await pair.passes(120)
    assert not pair.switch.is_away
    assert pair.told == []


async def test_without_a_second_venue_there_is_nothing_to_switch_to():
    alone = Pair(alone=True)
    alone.venue.is_down = True
    await alone.passes(120)
    assert alone.switch.serving is alone.own


async def test_a_clock_that_is_told_is_no_price(pair):
    async def nothing(_symbols):
        raise VenueUnavailable("503")

    pair.venue.prices = nothing
    await pair.passes(35)
    assert pair.switch.is_away


async def test_a_venue_that_tells_neither_time_nor_prices_does_not_stand_in(pair):
    async def no_time():
        return None

    pair.second.skew = no_time
    pair.second.unlisted = {BTC}
    pair.venue.is_down = True
    await pair.passes(60)
    assert not pair.switch.is_away


async def test_a_switch_that_could_not_be_told_is_told_at_the_next_look(pair):
    busy = ["away", "still away"]

    async def tell(before, now):
        if busy:
            raise RuntimeError(busy.pop())
        await pair.tell(before, now)

    pair.switch.told = tell
    pair.venue.is_down = True
    await pair.passes(30)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await pair.passes(5)
    await pair.passes(60)
    assert pair.switch.is_away
    assert pair.told == [("Binance", "Bybit")]
