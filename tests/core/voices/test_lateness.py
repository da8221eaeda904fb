"""What comes too late changes no decision, and is scored all the same."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from core.committee.consensus import decide
from core.committee.merging import Burden, Rules
from core.domain.objection import Resolution
from core.domain.opinion import Abstention, Silence, Trust
from core.domain.trading import Side
from core.scoring.resolving import scored
from core.voices.lateness import KeepLate
from tests.builders import NOON, QUESTION, SYMBOL, decision, opinion
from tests.fakes import MemoryLedger

SLOW = Abstention("gpt", SYMBOL, Silence.NO_ANSWER, failure="late")
SAID = opinion(analyst="gpt", p_up=0.61)


class Shelf:
    """The last decisions, newest first."""

    def __init__(self, ledger):
        self.ledger = ledger

    async def latest(self, symbol, count):
        made = self.ledger.pages.decisions.values()
        mine = [one for one in made if one.symbol == symbol]
        return tuple(sorted(mine, key=lambda one: one.as_of, reverse=True)[:count])


async def kept(*views, as_of=NOON, **changes):
    older = decision(id="d0", as_of=NOON - timedelta(hours=1))
    made = decision(views=(opinion(), SLOW), **changes)
    ledger = MemoryLedger(older, made)
    questions = [replace(QUESTION, as_of=as_of)] * len(views)
    await KeepLate(ledger, Shelf(ledger))(views, questions)
    assert ledger.pages.decisions["d0"] == older
    return ledger.pages.decisions["d1"]


async def test_it_is_written_beside_its_decision_and_changes_nothing_else():
    made = await kept(SAID)
    assert made.late == (SAID,)
    assert replace(made, late=()) == decision(views=(opinion(), SLOW))


async def test_silence_and_what_was_heard_already_are_not_written():
    assert (await kept(SLOW)).late == ()
    assert (await kept(opinion())).late == ()
    assert (await kept(SAID, SAID)).late == (SAID,)


async def test_two_that_are_late_together_are_both_kept():
    class SlowShelf(Shelf):
        async def latest(self, symbol, count):
            found = await super().latest(symbol, count)
            await asyncio.sleep(0)
            return found

    ledger = MemoryLedger(decision(views=(opinion(), SLOW)))
    keep = KeepLate(ledger, SlowShelf(ledger))
    other = replace(SAID, analyst="claude")
    await asyncio.gather(*(keep([one], [QUESTION]) for one in (SAID, other)))
    assert ledger.pages.decisions["d1"].late == (SAID, other)


async def test_another_close_is_another_decision():
    assert (await kept(SAID, as_of=NOON + timedelta(hours=1))).late == ()


async def test_it_is_scored_like_any_other_opinion():
    made = await kept(SAID)
    answer = Resolution(
        decision="d1",
        symbol=SYMBOL,
        as_of=NOON,
        at=NOON + timedelta(days=1),
        ended=65_000.0,
        up=1.0,
        target_first={Side.BUY: 1.0, Side.SELL: 0.0},
    )
    assert [(one.voice, one.stated[0]) for one in scored(made, answer)] == [
        ("trend", 0.56),
        ("gpt", 0.61),
    ]


async def test_it_has_no_part_in_what_all_came_to_together():
    made = await kept(SAID)
    answer = Resolution(
        decision="d1",
        symbol=SYMBOL,
        as_of=NOON,
        at=NOON + timedelta(days=1),
        ended=65_000.0,
        up=1.0,
        target_first={Side.BUY: 1.0, Side.SELL: 0.0},
    )
    assert [one.weight for one in scored(made, answer)] == [1.0, 0.0]


def test_it_is_believed_as_far_as_it_would_have_been_in_time():
    earned = Trust(weight=0.4, up=(0.0, 0.8), target=(0.0, 0.7))
    rules = Rules(trusts={"gpt": earned})
    burden = Burden(fees=0.0, slippage=0.0, funding=dict.fromkeys(Side, 0.0))
    made = decide("d1", QUESTION, (opinion(), SLOW), burden, "hash", rules)
    assert made.trusts["gpt"] == replace(earned, weight=0.0)
