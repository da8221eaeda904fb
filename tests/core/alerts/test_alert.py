"""When an alert rings: the level is reached, once, and not by what was before it was set."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.alert import Alert, Crossing, Look, Way
from core.domain.market import Timeframe
from tests.builders import NOON, SYMBOL

HOUR = timedelta(hours=1)
LEVEL = Decimal(100)
ABOVE = Alert(
    id="a1",
    person=42,
    symbol=SYMBOL,
    gauge="price",
    way=Way.ABOVE,
    level=LEVEL,
    timeframe=Timeframe.H1,
    created_at=NOON,
    since=NOON,
)
BELOW = replace(ABOVE, way=Way.BELOW)


def bar(low, high, last, hours=0):
    start = NOON + HOUR * hours
    return Look(start, start + HOUR, Decimal(low), Decimal(high), Decimal(last))


def price(value, **after):
    return Look.at(NOON + timedelta(**after), Decimal(value))


@pytest.mark.parametrize(
    ("alert", "value", "rings"),
    [(ABOVE, 99, False), (ABOVE, 100, True), (ABOVE, 101, True),
     (BELOW, 101, False), (BELOW, 100, True), (BELOW, 99, True)],
)  # fmt: skip
def test_it_rings_when_the_level_is_reached(alert, value, rings):
    assert isinstance(alert.sees(price(value, seconds=5)), Crossing) is rings


def test_a_wick_between_two_looks_is_enough_and_says_how_far_it_went():
    found = ABOVE.sees(bar(95, 107, 96))
    assert found == Crossing(NOON, NOON + HOUR, Decimal(107))


def test_a_wick_from_before_it_was_set_does_not_ring():
    late = replace(ABOVE, since=NOON + HOUR / 2)
    assert late.sees(bar(95, 107, 96)) == late


def test_where_the_bar_in_which_it_was_set_ended_is_known():
    late = replace(ABOVE, since=NOON + HOUR / 2)
    assert late.sees(bar(95, 107, 101)) == Crossing(NOON + HOUR / 2, NOON + HOUR, Decimal(101))


def test_what_is_over_before_it_was_set_is_passed_by():
    assert replace(ABOVE, since=NOON + 2 * HOUR).sees(bar(95, 107, 105)).armed


def test_one_that_is_true_already_waits_for_the_next_crossing():
    waits = replace(ABOVE, armed=False)
    assert waits.sees(price(101, minutes=1)) == waits

    ready = waits.sees(price(99, minutes=2))
    assert ready.armed
    assert ready.since == NOON + timedelta(minutes=2)

    assert isinstance(ready.sees(price(100, minutes=3)), Crossing)


def test_a_dip_and_a_return_within_one_bar_is_a_crossing():
    waits = replace(ABOVE, armed=False)
    assert waits.sees(bar(97, 109, 104)) == Crossing(NOON, NOON + HOUR, Decimal(104))
    assert waits.sees(bar(102, 109, 104)) == waits


prices = st.integers(90, 110)


@st.composite
def bars(draw):
    """Bars one after the other, each from the last price to the next."""
    last, looks = draw(prices), []
    for hour in range(draw(st.integers(1, 12))):
        path = [last, *draw(st.lists(prices, min_size=1, max_size=4))]
        last = path[-1]
        looks.append(bar(min(path), max(path), last, hour))
    return looks


@given(bars(), st.sampled_from(Way))
def test_armed_it_rings_with_the_first_bar_that_reaches_and_never_without_one(looks, way):
    alert, rang = replace(ABOVE, way=way), None
    for number, look in enumerate(looks):
        found = alert.sees(look)
        if isinstance(found, Crossing):
            rang = number
            break
        alert = found
    reaching = [
        n
        for n, look in enumerate(looks)
        if (look.high >= LEVEL if way is Way.ABOVE else look.low <= LEVEL)
    ]
    assert rang == (reaching[0] if reaching else None)


@given(bars(), st.sampled_from(Way), st.booleans(), st.integers(0, 11))
def test_looking_in_one_go_or_in_two_finds_the_same(looks, way, armed, cut):
    """A restart in between loses nothing and invents nothing."""
    start = replace(ABOVE, way=way, armed=armed)
    assert walked(start, looks) == walked(walked(start, looks[:cut]), looks[cut:])


def walked(state, looks):
    for look in looks:
        if isinstance(state, Crossing):
            return state
        state = state.sees(look)
    return state
