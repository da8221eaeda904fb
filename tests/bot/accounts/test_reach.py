"""People hear of a venue that is silent for long, once; and once when it is back."""

import pytest

from bot.accounts.reach import Reach
from core.domain.notice import NoticeKind
from core.errors import BrokerUnavailable, NoMarketData
from tests.fakes import FakeClock


class Ledger:
    def __init__(self):
        self.written = []

    async def commit(self, *changes):
        self.written += changes


class Venue:
    def __init__(self):
        self.is_away, self.asked = False, 0

    async def __call__(self):
        self.asked += 1
        if self.is_away:
            raise BrokerUnavailable(venue="far")


@pytest.fixture
def venue():
    return Venue()


@pytest.fixture
def reach():
    return Reach("bybit-2", FakeClock(), Ledger())


def told(reach):
    return [(notice.account, notice.kind) for notice in reach.ledger.written]


async def passes(reach, look, seconds):
    for _ in range(0, seconds, 5):
        reach.clock.advance(seconds=5)
        await look()


async def test_a_venue_that_answers_is_no_news(reach, venue):
    await passes(reach, reach.looking(venue), 60)
    assert (told(reach), reach.since) == ([], None)


async def test_a_word_that_gets_lost_is_no_news(reach, venue):
    look = reach.looking(venue)
    venue.is_away = True
    await passes(reach, look, 20)
    assert reach.since is not None
    venue.is_away = False
    await passes(reach, look, 5)
    assert (told(reach), reach.since) == ([], None)


async def test_a_silence_is_told_once_and_so_is_its_end(reach, venue):
    look = reach.looking(venue)
    venue.is_away = True
    await passes(reach, look, 600)
    assert told(reach) == [("bybit-2", NoticeKind.ACCOUNT_AWAY)]
    venue.is_away = False
    await passes(reach, look, 60)
    assert told(reach)[1:] == [("bybit-2", NoticeKind.ACCOUNT_BACK)]


async def test_what_needs_the_venue_waits_until_it_was_seen_again(reach, venue):
    acts = Venue()
    look, act = reach.looking(venue), reach.unless_away(acts)
    venue.is_away = True
    await look()
    await act()
    assert acts.asked == 0
    venue.is_away = False
    await look()
    await act()
    assert acts.asked == 1


async def test_an_act_that_finds_the_venue_silent_says_so(reach, venue):
    venue.is_away = True
    await reach.unless_away(venue)()
    assert reach.since == reach.clock.now()


async def test_any_other_error_is_somebody_elses(reach):
    async def broken():
        raise NoMarketData

    with pytest.raises(NoMarketData):
        await reach.looking(broken)()
    assert reach.since is None
