"""A slow answer is not waited for where somebody may be bare; what fails is told at once."""

import asyncio

import pytest

from core.errors import BrokerUnavailable
from core.execution.hurrying import SOON, first_of_two
from core.execution.together import side_by_side
from tests.simulation.loop import live


class Asked:
    """Answers each question after so many seconds: its number, or a failure for a negative one."""

    def __init__(self, *waits: float) -> None:
        self.waits = waits
        self.times = 0

    async def __call__(self) -> int:
        self.times += 1
        number, wait = self.times, self.waits[self.times - 1]
        await asyncio.sleep(abs(wait))
        if wait < 0:
            raise BrokerUnavailable
        return number


def told(asked: Asked) -> tuple[int, float]:
    async def timed():
        return await first_of_two(asked), asyncio.get_running_loop().time()

    return live(timed())


def test_an_answer_that_comes_soon_is_asked_for_once():
    asked = Asked(0.1)
    assert told(asked) == (1, 0.1)


@pytest.mark.parametrize(
    ("waits", "who", "when"),
    [((3, 0.1), 2, SOON + 0.1), ((0.7, 3), 1, 0.7), ((-1, 1), 2, SOON + 1), ((1, -0.1), 1, 1)],
)
def test_a_slow_question_is_asked_twice_and_the_first_answer_counts(waits, who, when):
    assert told(Asked(*waits)) == (who, pytest.approx(when))


@pytest.mark.parametrize("waits", [(-0.1,), (-1, -1)])
def test_where_nobody_answers_that_is_said(waits):
    asked = Asked(*waits)
    with pytest.raises(BrokerUnavailable):
        told(asked)
    assert asked.times == len(waits)


def test_what_fails_keeps_nothing_else_from_its_end():
    done = []

    async def work(name: str, wait: float) -> None:
        await asyncio.sleep(wait)
        if name == "bad":
            raise KeyError(name)
        done.append(name)

    with pytest.raises(KeyError):
        live(side_by_side([work("bad", 0), work("slow", 2), work("quick", 1)]))
    assert done == ["quick", "slow"]
