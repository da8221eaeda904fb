"""The desk's story up to the question that a person answers."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count

import numpy as np
import pytest

from core.committee.burden import burden_of
from core.committee.merging import Rules
from core.domain.market import FundingRate, Timeframe
from core.domain.notice import NoticeKind
from core.domain.opinion import Opinion, Verdict
from core.domain.people import Approval
from core.domain.proposal import Author, Candidate, Proposal, Refusal, Rule, Yes
from core.domain.trading import Side
from core.engine import FormDecisions
from core.errors import NoMarketData, NotFound
from core.indicators import LONGEST
from core.risk.candidates import candidate_for, candidate_of
from tests.builders import ACCOUNT, NOON, QUESTION, decision, limits, opinion, settings
from tests.core.paper.builders import BTC, ETH
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, ScriptedAnalyst, frame

pytest_plugins = "tests.core.desk"
LONG, SHORT = LONGEST + 1, LONGEST
SLIPPAGE = Decimal("0.0002")


def market(candles: dict[str, int]) -> FakeMarket:
    """So many closed candles of each symbol, around 64,000."""
    waves = {symbol: 64_000 + 300 * np.sin(np.arange(rows)) for symbol, rows in candles.items()}
    frames = {symbol: frame(closes, reach=50) for symbol, closes in waves.items()}
    return FakeMarket(FakeClock(), frames)


def bull(name: str, symbol: str = BTC) -> ScriptedAnalyst:
    said: Opinion = opinion(
        analyst=name, symbol=symbol, p_up=0.6, p_target_first={Side.BUY: 0.5, Side.SELL: 0.2}
    )
    return ScriptedAnalyst(name, {symbol: said})


def committee(street: FakeMarket, ledger: MemoryLedger, *analysts) -> FormDecisions:
    ids = count(1)
    return FormDecisions(street, analysts, ledger, Rules(), SLIPPAGE, lambda: f"d{next(ids)}")


async def test_every_analyst_is_asked_the_same_question_and_the_answers_are_merged():
    ledger, one, other = MemoryLedger(), bull("one"), bull("other")
    (made,) = await committee(market({BTC: LONG}), ledger, one, other)([BTC], Timeframe.H1)
    assert one.asked == other.asked == [made.question]
    assert [view.analyst for view in made.views] == ["one", "other"]
    assert (made.verdict, made.best.side, made.as_of) == (Verdict.EDGE, Side.BUY, NOON)
    assert await ledger.decision("d1") == made


class SlowMarket(FakeMarket):
    """Takes a moment for each symbol."""

    async def snapshots(self, symbols, timeframe):
        found = []
        for symbol in symbols:
            found += await super().snapshots((symbol,), timeframe)
            self.clock.advance(milliseconds=7)
        return tuple(found)


async def test_all_that_is_decided_at_one_look_is_as_of_one_moment():
    calm = market({BTC: LONG, ETH: LONG})
    street = SlowMarket(calm.clock, calm.frames)
    made = await committee(street, MemoryLedger(), bull("one"))([BTC, ETH], Timeframe.H1)
    assert {decision.as_of for decision in made} == {NOON + timedelta(milliseconds=7)}


async def test_a_decision_is_kept_for_every_symbol_also_without_an_edge():
    ledger, analysts = MemoryLedger(), [bull("one"), bull("other")]
    form = committee(market({BTC: LONG, ETH: LONG}), ledger, *analysts)
    made = await form([BTC, ETH], Timeframe.H1)
    assert [d.verdict for d in made] == [Verdict.EDGE, Verdict.NO_QUORUM]
    assert [(await ledger.decision(d.id)).symbol for d in made] == [BTC, ETH]


async def test_a_symbol_with_too_short_a_past_is_not_judged():
    analyst = bull("one")
    form = committee(market({BTC: SHORT, ETH: LONG}), MemoryLedger(), analyst)
    made = await form([BTC, ETH], Timeframe.H1)
    assert [d.symbol for d in made] == [ETH]
    assert [asked.symbol for asked in analyst.asked] == [ETH]


async def test_a_symbol_whose_newest_candle_is_missing_is_not_judged():
    street = market({BTC: LONG})
    form = committee(street, MemoryLedger(), bull("one"), bull("other"))
    street.clock.advance(minutes=59)
    assert len(await form([BTC], Timeframe.H1)) == 1

    street.clock.advance(minutes=1)
    assert await form([BTC], Timeframe.H1) == ()


async def test_a_round_trip_costs_fees_and_slippage_twice_and_funding_for_who_pays_it():
    (snapshot,) = await market({BTC: 5}).snapshots([BTC], Timeframe.H1)
    free = burden_of(snapshot, QUESTION, SLIPPAGE)
    assert (free.fees, free.slippage) == (pytest.approx(0.001), pytest.approx(0.0004))
    assert free.funding == {Side.BUY: 0.0, Side.SELL: 0.0}
    paying = replace(snapshot, funding=FundingRate(NOON, Decimal("0.0001")))
    assert burden_of(paying, QUESTION, SLIPPAGE).funding == {
        Side.BUY: pytest.approx(0.0003),  # three stamps in 24 hours
        Side.SELL: 0.0,
    }


@pytest.mark.parametrize("verdict", [Verdict.NO_QUORUM, Verdict.SPLIT, Verdict.COSTS])
def test_without_an_edge_nothing_is_asked_for(verdict):
    answer = candidate_of(decision(verdict=verdict), settings())
    assert answer == Refusal(Rule.NO_EDGE, {"verdict": verdict})


def test_without_confidence_nothing_is_asked_for():
    answer = candidate_of(decision(confidence=0.0), settings())
    assert isinstance(answer, Refusal)


def test_disagreement_asks_for_less():
    answer = candidate_of(decision(confidence=0.8), settings())
    assert isinstance(answer, Candidate)
    assert answer.scale == Decimal("0.8")
    assert (answer.stop_distance, answer.target_distance) == (Decimal("0.01375"), Decimal("0.025"))


def test_little_confidence_asks_for_little_and_not_for_all():
    answer = candidate_of(decision(confidence=0.004), settings())
    assert answer.scale == Decimal("0.01")


def test_the_autopilot_asks_for_its_own_share_of_risk():
    alone = settings(approval=Approval.AUTOPILOT)
    answer = candidate_of(decision(confidence=1.0), alone)
    assert answer.scale == Decimal("0.0012") / Decimal("0.0025")


def test_a_profile_without_an_autopilot_asks_a_person_for_the_whole():
    off = settings(approval=Approval.AUTOPILOT, limits=limits(autopilot_risk=Decimal(0)))
    assert candidate_of(decision(confidence=1.0), off).scale == 1


def test_nobody_asks_for_more_than_the_whole():
    assert candidate_for(decision(), Side.BUY, Decimal(3)).scale == 1


async def test_an_edge_becomes_a_card_and_a_message(desk):
    card = await desk.card()
    assert await desk.ledger.proposal(card.id) == card
    assert (card.candidate.author, card.plan.symbol) == (Author.DESK, BTC)
    assert [(n.kind, n.subject) for n in await desk.notices()] == [
        (NoticeKind.PROPOSAL, card.id),
    ]


@pytest.mark.parametrize(("timeframe", "minutes"), [("1m", 1), ("1h", 15), ("1d", 240)])
async def test_a_card_waits_as_long_as_its_candles_are_long(desk, timeframe, minutes):
    await desk.set(timeframe=Timeframe(timeframe))
    card = await desk.card()
    assert card.expires_at - card.created_at == timedelta(minutes=minutes)


async def test_no_edge_no_card(desk):
    made = await desk.decided(verdict=Verdict.SPLIT)
    (answer,) = await desk.propose([made])
    assert (answer.decision, answer.outcome.rule) == (made, Rule.NO_EDGE)
    assert await desk.notices() == []


async def test_a_refusal_leaves_neither_card_nor_message(desk):
    await desk.set(paused=True)
    assert (await desk.offered()).rule is Rule.PAUSED
    assert await desk.ledger.proposals(ACCOUNT) == ()
    assert await desk.notices() == []


async def test_a_short_that_is_too_small_for_the_venue_at_its_limit_is_not_offered(desk):
    """The notional is judged where a short sells, which is below its stop."""
    card = await desk.card(BTC, Side.SELL)
    await desk.reject(card.id)
    between = (card.plan.stop_loss + card.plan.entry_limit) / 2 * card.plan.amount
    strict = replace(desk.street.instrument(BTC), min_notional=between)
    desk.street.instrument = lambda _symbol: strict
    assert (await desk.offered(BTC, Side.SELL)).rule is Rule.TOO_SMALL


async def test_one_card_waits_for_each_symbol(desk):
    first, again = await desk.propose([await desk.decided(), await desk.decided()])
    assert isinstance(first.outcome, Proposal)
    assert again.outcome == Refusal(Rule.WAITING, {"symbol": BTC})
    assert isinstance(await desk.offered(ETH), Proposal)


async def test_a_symbol_that_is_held_gets_no_card(desk):
    await desk.trade()
    assert (await desk.offered()).rule is Rule.HOLDING


async def test_a_day_has_only_so_many_cards(desk):
    await desk.set(proposals_per_day=2)
    for _ in range(2):
        await desk.reject((await desk.card()).id)
    assert await desk.offered() == Refusal(Rule.PROPOSALS, {"limit": 2})
    desk.clock.advance(days=1)
    assert isinstance(await desk.offered(), Proposal)


async def test_each_symbol_in_a_cycle_sees_the_cards_before_it(desk):
    await desk.set(proposals_per_day=1)
    both = [await desk.decided(BTC), await desk.decided(ETH)]
    first, second = await desk.propose(both)
    assert isinstance(first.outcome, Proposal)
    assert second.outcome.rule is Rule.PROPOSALS


async def test_a_person_may_want_the_other_side_of_the_same_question(desk):
    made = await desk.decided(verdict=Verdict.COSTS)
    card = await desk.open_manually(made.id, Side.SELL)
    assert (card.candidate.author, card.plan.side) == (Author.PERSON, Side.SELL)
    assert card.candidate.decision_id == made.id


async def test_what_a_person_wants_is_sized_like_what_the_desk_wants(desk):
    made = await desk.decided()
    (wanted,) = await desk.propose([made])
    await desk.reject(wanted.outcome.id)
    manual = await desk.open_manually(made.id, Side.BUY)
    assert manual.plan == wanted.outcome.plan


async def test_risk_refuses_a_person_as_it_refuses_the_desk(desk):
    made = await desk.decided()
    await desk.set(paused=True)
    assert (await desk.open_manually(made.id, Side.BUY)).rule is Rule.PAUSED
    await desk.set(paused=False)
    await desk.trade()
    assert (await desk.open_manually(made.id, Side.BUY)).rule is Rule.HOLDING


async def test_what_a_person_wants_waits_for_a_yes_like_any_card(desk):
    card = await desk.open_manually((await desk.decided()).id, Side.BUY)
    assert (await desk.told()) == [NoticeKind.PROPOSAL]
    trade = await desk.approve(card.id, Yes.PERSON)
    assert list((await desk.stops()).values()) == [trade.stop]


async def test_an_old_decision_opens_nothing(desk):
    made = await desk.decided()
    desk.clock.advance(hours=4)
    assert isinstance(await desk.open_manually(made.id, Side.BUY), Proposal)
    desk.clock.advance(seconds=1)
    with pytest.raises(NoMarketData):
        await desk.open_manually(made.id, Side.BUY)


async def test_a_decision_that_nobody_made_opens_nothing(desk):
    with pytest.raises(NotFound):
        await desk.open_manually("nobody", Side.BUY)
