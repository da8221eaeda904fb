"""Who is asked depends on the money that is left and on whether anything happened."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.model import Failure
from core.domain.opinion import Silence
from core.spending.allowance import TakeBudget
from core.spending.ladder import Rung
from core.voices.duty import AllPaused, HoldsAny, OnDuty, Profile
from tests.builders import ACCOUNT, NOON, settings, trade
from tests.core.voices.markets import asked, seen
from tests.fakes import FakeClock, MemoryLedger, ScriptedAnalyst
from tests.model_fakes import FakeAllowance, FakeTell, MemoryPurse, call

HOUR = timedelta(hours=1)
SPENT = {Rung.FULL: "0", Rung.CHEAPER: "1.4", Rung.SELDOM: "1.7", Rung.RULES: "1.9"}


class Watch:
    """A desk with a dear model, one that is always there, and a cheap one."""

    def __init__(self):
        names = ("dear", "steady", "cheap")
        self.dear, self.steady, self.cheap = map(ScriptedAnalyst, names)
        self.purse, self.tell, self.ledger = (
            MemoryPurse(),
            FakeTell(),
            MemoryLedger(settings()),
        )
        self.on_duty = OnDuty(
            profile=Profile((self.dear, self.steady), (self.cheap, self.steady), "dear", "cheap"),
            budget=TakeBudget(self.purse, FakeAllowance(), self.tell, FakeClock()),
            holds=HoldsAny(self.ledger, (ACCOUNT,)),
            paused=AllPaused(self.ledger, (ACCOUNT,)),
        )

    def spend(self, rung):
        self.purse.made["c1"] = call(reserved=Decimal(SPENT[rung]))

    async def at(self, hours=0, last=None, *, wanted=False):
        snapshot = seen(end=NOON + hours * HOUR, last=last)
        return await self.on_duty.on_duty([snapshot], asked(snapshot), wanted=wanted)


def silent(voices):
    return {v.name: (v.reason, v.failure) for v in voices if not isinstance(v, ScriptedAnalyst)}


def asking(voices):
    return [v.name for v in voices if isinstance(v, ScriptedAnalyst)]


BROKE = (Silence.NO_ANSWER, Failure.BUDGET.value)
QUIET = (Silence.QUIET, "")


@pytest.mark.parametrize(
    ("rung", "names", "missing"),
    [
        (Rung.FULL, ["dear", "steady"], {}),
        (Rung.CHEAPER, ["cheap", "steady"], {"dear": BROKE}),
        (Rung.SELDOM, ["cheap", "steady"], {"dear": BROKE}),
        (Rung.RULES, [], {"dear": BROKE, "steady": BROKE}),
    ],
)
async def test_the_rung_says_who_is_asked_and_the_others_say_why_not(rung, names, missing):
    watch = Watch()
    watch.spend(rung)
    voices = await watch.at()
    assert (asking(voices), silent(voices)) == (names, missing)


async def test_short_of_money_only_every_fourth_close_is_asked_about():
    watch = Watch()
    watch.spend(Rung.SELDOM)
    for hours in range(1, 4):
        voices = await watch.at(hours)
        assert asking(voices) == []
        assert silent(voices) == {"dear": BROKE, "steady": BROKE}
    assert asking(await watch.at(4)) == ["cheap", "steady"]


async def test_a_quiet_market_is_not_asked_about_again_until_it_stirs():
    watch = Watch()
    assert silent(await watch.at()) == {}
    quiet = await watch.at(1)
    assert (asking(quiet), silent(quiet)) == ([], {"dear": QUIET, "steady": QUIET})
    assert asking(await watch.at(2, last=66_000)) == ["dear", "steady"]


async def test_an_open_position_keeps_everybody_awake():
    watch = Watch()
    await watch.at()
    await watch.ledger.commit(trade())
    assert asking(await watch.at(1)) == ["dear", "steady"]


async def test_what_a_person_wants_to_know_is_asked_in_a_quiet_market_too():
    watch = Watch()
    await watch.at()
    assert asking(await watch.at(1, wanted=True)) == ["dear", "steady"]


async def test_no_wish_makes_money():
    watch = Watch()
    watch.spend(Rung.RULES)
    assert asking(await watch.at(wanted=True)) == []


async def test_a_desk_without_models_asks_nobody_and_counts_no_money():
    watch = Watch()
    nobody = replace(watch.on_duty, profile=Profile())
    watch.spend(Rung.RULES)
    snapshot = seen()
    assert await nobody.on_duty([snapshot], asked(snapshot), wanted=True) == ()
    assert watch.tell.bitten == []


async def test_without_questions_nobody_is_asked():
    assert await Watch().on_duty.on_duty([], [], wanted=False) == ()


async def test_a_step_down_is_told():
    watch = Watch()
    await watch.at()
    assert watch.tell.bitten == []
    watch.spend(Rung.SELDOM)
    await watch.at()
    (budget,) = watch.tell.bitten
    assert budget.rung is Rung.SELDOM


async def test_a_paused_desk_pays_no_models_unless_a_position_is_open_or_a_person_asks():
    watch = Watch()
    await watch.ledger.commit(settings(paused=True))
    paused = (Silence.PAUSED, "")
    assert silent(await watch.at()) == {"dear": paused, "steady": paused}
    assert asking(await watch.at(wanted=True)) == ["dear", "steady"]
    await watch.ledger.commit(trade())
    assert asking(await watch.at(1)) == ["dear", "steady"]


async def test_the_main_voice_is_that_of_the_team_which_is_asked():
    watch = Watch()
    await watch.at()
    assert watch.on_duty.main == "dear"
    watch.spend(Rung.CHEAPER)
    await watch.at(9)
    assert watch.on_duty.main == "cheap"
