"""What was said once is heard again: nobody is called, and nothing is paid for twice."""

from dataclasses import replace

import pytest

from core.domain.model import Exchange, Failure, Unsaid, exchange_key
from core.prompt import Faults
from core.voices.consult import About, Consult
from core.voices.replaying import AskOnce, Recall, Replaying
from tests.builders import NOON
from tests.model_fakes import (
    MODEL,
    PROMPT,
    SAID,
    MemoryMinutes,
    MemoryPurse,
    ScriptedOracle,
    desk,
)

ABOUT = About(NOON)
BAD = replace(SAID, text="bad")
REFUSED = Unsaid(failure=Failure.REFUSED)


def read(said):
    return Faults(("it is bad.",)) if "bad" in said.text else said.text.upper()


class Table:
    """One model, its minutes, and what it would say if it were asked."""

    def __init__(self, *script):
        self.oracle = ScriptedOracle(script or (SAID,))
        self.minutes, self.purse = MemoryMinutes(), MemoryPurse()
        self.recall = Recall(Replaying(MODEL.provider, MODEL.name, self.minutes))
        consult = Consult(MODEL, self.oracle, desk(minutes=self.minutes, purse=self.purse))
        self.once = AskOnce(self.recall, consult)

    async def asks(self, prompt=PROMPT):
        return await self.once(prompt, ABOUT, read)

    async def recalls(self, prompt=PROMPT):
        return await self.recall(prompt, ABOUT, read)


async def test_the_second_time_costs_nothing():
    table = Table()
    assert [await table.asks(), await table.asks()] == ["FINE", "FINE"]
    assert (len(table.oracle.asked), len(table.purse.made)) == (1, 1)


async def test_what_was_never_said_is_not_made_up():
    table = Table()
    assert await table.recalls() == Unsaid(failure=Failure.UNRECORDED)
    assert table.oracle.asked == []


async def test_a_second_chance_is_heard_again_with_the_first():
    table = Table(BAD, SAID)
    assert [await table.asks(), await table.recalls()] == ["FINE", "FINE"]
    assert len(table.oracle.asked) == 2


async def test_where_the_second_chance_is_missing_the_whole_is_asked_anew():
    table = Table(SAID)
    first = Exchange(
        key=exchange_key(MODEL.provider, MODEL.name, PROMPT),
        call="c0",
        at=NOON,
        provider=MODEL.provider,
        model=MODEL.name,
        prompt=PROMPT,
        reply=BAD,
    )
    await table.minutes.keep(first)
    assert await table.asks() == "FINE"
    assert len(table.oracle.asked) == 1


async def test_a_refusal_is_an_answer_too():
    table = Table(REFUSED, SAID)
    assert [await table.asks(), await table.asks()] == [REFUSED, REFUSED]
    assert len(table.oracle.asked) == 1


@pytest.mark.parametrize(
    "change", [{"input": "another"}, {"version": "2"}, {"schema_version": "2"}], ids=str
)
async def test_another_question_is_asked(change):
    table = Table()
    await table.asks()
    await table.asks(replace(PROMPT, **change))
    assert len(table.oracle.asked) == 2
