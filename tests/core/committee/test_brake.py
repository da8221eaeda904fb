"""What news may do to a trade: stop it or make it smaller, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.committee.brake import brake, grip
from core.domain.objection import SCALES, Ground, Objector
from core.domain.tiding import Direction, Tiding, TidingKind
from core.domain.trading import Side
from tests.builders import NOON, candidate

LONG, SHORT = candidate(side=Side.BUY), candidate(side=Side.SELL)
HALF, NONE = Decimal("0.5"), Decimal(0)


def tiding(materiality=2, direction=Direction.DOWN, age=1.0, **changes) -> Tiding:
    published = NOON - timedelta(hours=age)
    return Tiding(
        **{
            "id": "t1",
            "coins": ("BTC",),
            "event": TidingKind.REGULATION,
            "direction": direction,
            "materiality": materiality,
            "published": published,
            "domains": ("sec.gov", "reuters.com"),
            "urls": ("https://sec.gov/1",),
            "fact": "A fund was refused.",
            "seen_at": NOON,
        }
        | changes
    )


TIDINGS = st.lists(
    st.builds(
        tiding,
        materiality=st.integers(0, 3),
        direction=st.sampled_from(Direction),
        age=st.floats(0, 60),
        event=st.sampled_from(TidingKind),
        coins=st.sampled_from([("BTC",), ("ETH",), ("BTC", "ETH"), ()]),
        id=st.text("abc", min_size=1, max_size=3),
    ),
    max_size=6,
)


def scale(wish, *tidings):
    found = brake(wish, tidings, NOON)
    return found.scale if found else Decimal(1)


@pytest.mark.parametrize(
    ("materiality", "direction", "long", "short"),
    [
        (1, Direction.DOWN, 1, 1),
        (2, Direction.DOWN, HALF, 1),
        (3, Direction.DOWN, NONE, 1),
        (2, Direction.UP, 1, HALF),
        (3, Direction.UP, 1, NONE),
        (2, Direction.UNCLEAR, 1, 1),
        (3, Direction.UNCLEAR, HALF, HALF),
    ],
)
def test_what_speaks_against_a_side_makes_it_smaller(materiality, direction, long, short):
    told = tiding(materiality, direction)
    assert (scale(LONG, told), scale(SHORT, told)) == (long, short)


@pytest.mark.parametrize("event", [TidingKind.HACK, TidingKind.DELISTING, TidingKind.OUTAGE])
def test_what_ends_a_market_stops_both_sides(event):
    told = tiding(2, Direction.UP, event=event)
    assert scale(LONG, told) == scale(SHORT, told) == 0


def test_a_fact_counts_for_a_day_and_only_for_its_coins():
    assert scale(LONG, tiding(3, age=23.9)) == 0
    assert scale(LONG, tiding(3, age=24.1)) == 1
    assert scale(LONG, tiding(3, coins=("ETH",))) == 1
    assert scale(LONG, tiding(3, published=None)) == 1


def test_the_objection_names_the_worst_fact():
    worst = tiding(3, id="t2", fact="The venue is insolvent.")
    found = brake(LONG, [tiding(2), worst], NOON)
    assert (found.by, found.scale, found.grounds) == (Objector.NEWS, 0, (Ground.ADVERSE_NEWS,))
    assert (found.note, found.facts) == ("The venue is insolvent.", ("t1", "t2"))


@given(TIDINGS, st.sampled_from([LONG, SHORT]))
def test_no_news_whatever_enlarges_a_trade(tidings, wish):
    found = brake(wish, tidings, NOON)
    assert found is None or found.scale in SCALES[1:]
    left = wish.opposed([found] if found else [])
    assert left.scale <= wish.scale


@given(TIDINGS, TIDINGS, st.sampled_from([LONG, SHORT]))
def test_more_news_never_leaves_more_of_a_trade(some, more, wish):
    assert scale(wish, *some, *more) <= scale(wish, *some)


@given(TIDINGS, st.randoms())
def test_the_order_of_the_facts_does_not_matter(tidings, random):
    shuffled = random.sample(tidings, len(tidings))
    assert scale(LONG, *shuffled) == scale(LONG, *tidings)


@given(
    st.builds(
        tiding,
        materiality=st.integers(0, 3),
        direction=st.sampled_from(Direction),
        event=st.sampled_from(TidingKind),
        age=st.floats(0, 60),
    )
)
def test_what_a_fact_holds_back_by_itself_is_what_the_brake_does(told):
    held = grip(told, NOON)
    scales = dict.fromkeys(held.sides, held.scale) if held else {}
    assert [scale(LONG, told), scale(SHORT, told)] == [scales.get(side, 1) for side in Side]


def test_a_fact_lets_go_a_day_after_it_was_published():
    held = grip(tiding(2, age=10), NOON)
    assert (held.sides, held.until) == ((Side.BUY,), NOON + timedelta(hours=14))
    assert grip(tiding(2, published=None), NOON) is None
