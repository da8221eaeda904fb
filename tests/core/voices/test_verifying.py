"""A second model is asked what speaks against a trade, and can only make it smaller."""

import json
from dataclasses import replace
from decimal import Decimal

from core.domain.market import Timeframe
from core.domain.model import Failure, Said, Unsaid
from core.domain.objection import Ground, Objection, Objector
from core.domain.people import Language
from core.prompt import Faults
from core.spending.allowance import TakeBudget
from core.voices.braking import Brake
from core.voices.verifying import InTurn, Verify
from tests.builders import ACCOUNT, SYMBOL, candidate, decision, settings, trade
from tests.core.committee.test_brake import tiding
from tests.core.voices.markets import asked, seen
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame
from tests.model_fakes import USAGE, FakeAllowance, FakeTell, MemoryPurse, call

ETH = "ETH/USDT:USDT"
HALF = Decimal("0.5")


class Scripted:
    """Answers as the test says, through the reader of whoever asks."""

    def __init__(self, *entries, unsaid=None):
        self.entries, self.unsaid, self.prompts = list(entries), unsaid, []

    async def __call__(self, prompt, about, read):
        self.prompts.append(prompt)
        if self.unsaid:
            return Unsaid(failure=self.unsaid)
        text = json.dumps({"schema_version": "1", "objections": self.entries})
        found = read(Said(text=text, usage=USAGE, model="judge"))
        return Unsaid(failure=Failure.INVALID) if isinstance(found, Faults) else found


def entry(symbol="BTC", verdict="approve", mult="1", **more):
    usual = {"reasons": [], "p_target_first": 0.4, "note": ""}
    return usual | {"symbol": symbol, "verdict": verdict, "size_mult": mult} | more


class Court:
    """A verifier over two calm markets."""

    def __init__(self, *entries, unsaid=None, spent="0"):
        self.clock = FakeClock()
        closes = seen().frame.close
        self.market = FakeMarket(self.clock, {s: frame(closes, reach=50) for s in (SYMBOL, ETH)})
        self.ledger = MemoryLedger(settings(symbols=(SYMBOL, ETH), timeframe=Timeframe.H1))
        self.consult = Scripted(*entries, unsaid=unsaid)
        purse = MemoryPurse()
        purse.made["c1"] = call(reserved=Decimal(spent))
        self.verify = Verify(
            name="judge",
            consult=self.consult,
            budget=TakeBudget(purse, FakeAllowance(), FakeTell(), self.clock),
            clock=self.clock,
            market=self.market,
            quotes=self.market,
            ledger=self.ledger,
            language=Language.EN,
        )

    async def wishes(self, *symbols):
        snapshots = await self.market.snapshots(symbols, Timeframe.H1)
        return [
            (candidate(symbol=q.symbol), decision(symbol=q.symbol, question=q))
            for q in asked(*snapshots)
        ]

    async def judges(self, *symbols):
        return await self.verify(ACCOUNT, await self.wishes(*symbols))


def alias(court):
    """The names that the prompt gave to its candidates."""
    lines = court.consult.prompts[0].user.splitlines()
    return [line.split()[1] for line in lines if line.startswith("CANDIDATE")]


async def test_its_verdict_becomes_an_objection_for_each_symbol():
    names = Court()
    await names.judges(SYMBOL, ETH)
    first, second = alias(names)
    court = Court(
        entry(first, "reduce", "0.5", reasons=["event_risk"], note="CPI is near."),
        entry(second, "veto", "0"),
    )
    found = {o.scale for (o,) in await court.judges(SYMBOL, ETH)}
    assert found == {HALF, Decimal(0)}


async def test_one_that_was_due_and_does_not_answer_halves_the_trade():
    silent = Objection(
        by=Objector.VERIFIER, scale=HALF, grounds=(Ground.NO_ANSWER,), model="judge"
    )
    assert await Court(unsaid=Failure.TIMEOUT).judges(SYMBOL) == ((silent,),)
    assert await Court(entry("SYM_NOBODY")).judges(SYMBOL) == ((silent,),)


async def test_without_money_nobody_is_asked_and_the_rules_trade_alone():
    court = Court(spent="1.9")
    assert await court.judges(SYMBOL, ETH) == ((), ())
    assert court.consult.prompts == []


async def test_it_sees_the_open_positions_and_no_money():
    court = Court()
    await court.ledger.commit(trade(entry_price=Decimal(64_000), stop=Decimal(63_120)))
    court.market.says(SYMBOL, 64_320)
    await court.judges(ETH)
    (prompt,) = court.consult.prompts
    assert "long: entry -50" in prompt.user
    for money in ("64,000", "64000", "64320", "24.9", "USDT"):
        assert money not in prompt.user


async def test_half_a_picture_is_not_shown():
    """Where the price of an open position is not known, nobody is asked, and the trade is halved."""
    court = Court()
    await court.ledger.commit(trade(plan=replace(trade().plan, symbol=ETH)))
    court.market.frames[ETH] = court.market.frames[ETH].rows(0, 0)
    ((objection,),) = await court.judges(SYMBOL)
    assert (objection.grounds, court.consult.prompts) == ((Ground.NO_ANSWER,), [])


class Shelf:
    """Facts as the test has laid them out."""

    def __init__(self, *tidings):
        self.tidings = tidings

    async def recent(self, since):
        return tuple(t for t in self.tidings if t.seen_at >= since)


async def test_whoever_comes_later_is_asked_only_about_what_is_left():
    court = Court()
    brake = Brake(court.clock, Shelf(tiding(3)))
    found = await InTurn((brake, court.verify))(ACCOUNT, await court.wishes(SYMBOL, ETH))
    assert [[o.by for o in each] for each in found] == [[Objector.NEWS], [Objector.VERIFIER]]
    assert len(alias(court)) == 1


async def test_both_may_take_something_off_the_same_trade():
    court = Court(unsaid=Failure.OVERLOADED)
    brake = Brake(court.clock, Shelf(tiding(2)))
    wishes = await court.wishes(SYMBOL)
    (objections,) = await InTurn((brake, court.verify))(ACCOUNT, wishes)
    assert wishes[0][0].opposed(objections).scale == Decimal("0.25")


async def test_nothing_is_asked_about_nothing():
    court = Court()
    assert await court.verify(ACCOUNT, []) == ()
    assert court.consult.prompts == []
