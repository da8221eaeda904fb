"""Which numbers matter is read from the trials that did well."""

import random

from bot.search.importance import important
from bot.search.terms import Search
from core.backtest.space import Space
from core.backtest.spoken import dimension
from core.backtest.tried import Tried

SPACE = Space(
    tuple(map(dimension, ("horizon=12..96:12", "prior=0..100:10", "quorum=2", "fresh=1..12")))
)


def tried(count):
    """What counts is the prior alone."""
    dice = random.Random(5)
    points = [
        {each.name: dice.choice(each.values) for each in SPACE.dimensions} for _ in range(count)
    ]
    return [
        Tried(n, point, {"sharpe": -abs(point["prior"] - 40), "trades": 9.0})
        for n, point in enumerate(points)
    ]


def test_the_number_that_decides_comes_first_and_one_that_does_not_turn_is_left_out():
    found = important(Search(space=SPACE), tried(120))
    assert found[0] == "prior"
    assert sorted(found) == ["fresh", "horizon", "prior"]


def test_few_trials_say_nothing_so_the_order_of_the_space_stays():
    assert important(Search(space=SPACE), tried(10)) == ("horizon", "prior", "fresh")
