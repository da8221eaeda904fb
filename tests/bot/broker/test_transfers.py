"""A venue is asked for transfers now and then, and nothing of them is missed or counted twice."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broker.ports import Transfer
from bot.broker.transfers import EVERY, MEMORY, OVERLAP, Transfers
from core.errors import BrokerUnavailable
from tests.builders import NOON
from tests.fakes import FakeClock

HOUR = timedelta(hours=1)


@dataclass
class Teller:
    """A venue that tells what a test has moved; `asked` are the spans."""

    made: list[Transfer] = field(default_factory=list)
    asked: list = field(default_factory=list)
    silent: bool = False

    async def transfers(self, span):
        self.asked.append(span)
        if self.silent:
            raise BrokerUnavailable
        return [one for one in self.made if span.start <= one.time <= span.end]

    def moves(self, at, amount):
        self.made.append(Transfer(str(len(self.made)), at, Decimal(amount)))


@pytest.fixture
def teller():
    return Teller()


@pytest.fixture
def transfers(teller):
    return Transfers(teller, FakeClock())


async def test_it_is_asked_once_in_a_while_however_often_somebody_wants_to_know(transfers, teller):
    for _ in range(19):
        await transfers.moved(NOON - HOUR, transfers.clock.now())
        await transfers.moved(NOON - HOUR / 2, transfers.clock.now())
        transfers.clock.advance(seconds=1)
    assert len(teller.asked) == 1
    transfers.clock.advance(seconds=1)
    await transfers.moved(NOON - HOUR, transfers.clock.now())
    assert len(teller.asked) == 2
    assert teller.asked[1].start == NOON - OVERLAP


async def test_whoever_looks_further_back_is_told_what_lies_before(transfers, teller):
    teller.moves(NOON - 3 * HOUR, 7)
    assert await transfers.moved(NOON - HOUR, NOON) == 0
    assert await transfers.moved(NOON - 4 * HOUR, NOON) == 7
    assert [(span.start, span.end) for span in teller.asked[1:]] == [
        (NOON - 4 * HOUR, NOON - HOUR)
    ]


async def test_what_no_venue_remembers_is_not_asked_for(transfers, teller):
    await transfers.moved(NOON - timedelta(days=400), NOON)
    assert teller.asked[0].start == NOON - MEMORY
    transfers.clock.advance(seconds=1)
    await transfers.moved(NOON - timedelta(days=400), NOON)
    assert len(teller.asked) == 1


async def test_a_failed_question_is_asked_again_and_is_no_zero(transfers, teller):
    teller.moves(NOON - HOUR / 2, -50)
    teller.silent = True
    for _ in range(2):
        with pytest.raises(BrokerUnavailable):
            await transfers.moved(NOON - HOUR, NOON)
    teller.silent = False
    assert await transfers.moved(NOON - HOUR, NOON) == -50


async def test_what_was_known_does_not_hide_that_the_venue_is_silent_now(transfers, teller):
    await transfers.moved(NOON - HOUR, NOON)
    teller.silent = True
    transfers.clock.advance(seconds=EVERY.total_seconds())
    with pytest.raises(BrokerUnavailable):
        await transfers.moved(NOON - HOUR, NOON)


LATER = st.integers(0, 3_600)


@given(
    made=st.lists(st.tuples(LATER, st.integers(-9, 9))),
    looks=st.lists(st.tuples(st.integers(0, 120), LATER, LATER)),
)
async def test_whoever_asks_gets_what_was_moved_in_his_span(made, looks):
    teller = Teller()
    transfers = Transfers(teller, FakeClock())
    transfers.clock.advance(seconds=3_600)
    for seconds, amount in made:
        teller.moves(NOON + timedelta(seconds=seconds), amount)
    for passes, first, last in looks:
        transfers.clock.advance(seconds=passes)
        start, end = NOON + timedelta(seconds=first), NOON + timedelta(seconds=last)
        right = sum(amount for seconds, amount in made if first <= seconds < last)
        assert await transfers.moved(start, end) == right
