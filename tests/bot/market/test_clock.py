"""Clocks never run backwards, however they are moved."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.market.clock import PacedClock, SteppedClock, SystemClock
from tests.bot.market.tables import START, at


class Stopwatch:
    def __init__(self) -> None:
        self.reading = 1_000.0

    def __call__(self) -> float:
        return self.reading


def test_the_system_clock_is_aware_and_utc():
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


def test_a_stepped_clock_stands_until_it_is_moved_and_never_goes_back():
    clock = SteppedClock(START)
    clock.advance_to(at(1))
    clock.advance_to(at(1))
    assert clock.now() == at(1)
    with pytest.raises(ValueError, match="never runs back"):
        clock.advance_to(START)
    assert clock.now() == at(1)


def test_a_paced_clock_runs_at_its_speed():
    watch = Stopwatch()
    clock = PacedClock(START, 60, watch)
    watch.reading += 60
    assert clock.now() == at(1)
    assert clock.until(at(3)) == 120
    assert clock.until(START) == 0


def test_a_change_of_speed_makes_no_leap():
    watch = Stopwatch()
    clock = PacedClock(START, 3600, watch)
    watch.reading += 2
    clock.set_speed(1)
    assert (clock.now(), clock.speed) == (at(2), 1)
    watch.reading += 3600
    assert clock.now() == at(3)


def test_a_paced_clock_at_speed_zero_waits_to_be_moved():
    watch = Stopwatch()
    clock = PacedClock(START, 0, watch)
    watch.reading += 500
    assert clock.now() == START
    assert clock.until(at(1)) == math.inf
    clock.advance_to(at(1))
    assert clock.now() == at(1)
    assert clock.until(at(1)) == 0


@pytest.mark.parametrize("speed", [-1, math.inf, math.nan])
def test_no_clock_runs_at_an_impossible_speed(speed):
    with pytest.raises(ValueError, match="speed"):
        PacedClock(START, speed)
    clock = PacedClock(START, 1, Stopwatch())
    with pytest.raises(ValueError, match="speed"):
        clock.set_speed(speed)
    assert clock.speed == 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(0, 1e4)),
        st.tuples(st.just("set_speed"), st.floats(0, 1e4)),
        st.tuples(st.just("advance_to"), st.floats(-1e5, 1e5)),
    ),
    max_size=20,
)


@given(STEPS)
def test_a_paced_clock_never_runs_backwards(steps):
    watch = Stopwatch()
    clock = PacedClock(START, 1, watch)
    seen = [clock.now()]
    for step, number in steps:
        if step == "wait":
            watch.reading += number
        elif step == "set_speed":
            clock.set_speed(number)
        else:
            clock.advance_to(START + timedelta(seconds=number))
        seen.append(clock.now())
    assert seen == sorted(seen)
