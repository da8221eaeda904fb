"""A person is scored like an analyst: a loss that was turned down is a gain."""

from datetime import timedelta
from decimal import Decimal

from core.domain.proposal import Yes
from core.domain.trade import Exit, Kind, TradeStatus
from core.scoring.answering import Answered, ReadAnswers, Tally
from tests.builders import ACCOUNT, NOON, candidate, plan, proposal, trade
from tests.fakes import FakeClock, MemoryLedger

LATER = NOON + timedelta(minutes=5)
RISK = Decimal("24.9")


def over(kind, net, **more):
    """A trade that is over and has made so much."""
    return trade(
        kind=kind,
        status=TradeStatus.CLOSED,
        exit=Exit.STOP,
        closed_at=NOON + timedelta(hours=3),
        realized=Decimal(net),
        fees=Decimal(0),
        **more,
    )


async def read(*changes):
    ledger = MemoryLedger()
    for change in changes:
        await ledger.commit(change)
    return await ReadAnswers(ACCOUNT, FakeClock(NOON + timedelta(days=1)), ledger)()


async def test_no_cards_no_answers():
    assert await read() == {}


async def test_a_no_to_a_loser_has_gained_what_was_not_lost():
    found = await read(proposal().reject(LATER), over(Kind.SHADOW, "-24.9"))

    assert found == {Answered.REJECTED: Tally(1, 1, Decimal(1))}


async def test_silence_over_a_winner_has_cost_it():
    found = await read(proposal().expire(LATER), over(Kind.SHADOW, "49.8"))

    assert found == {Answered.EXPIRED: Tally(1, 1, Decimal(-2))}


async def test_what_is_not_over_is_only_counted():
    assert await read(proposal().reject(LATER)) == {Answered.REJECTED: Tally(1, 0)}


async def test_a_yes_is_worth_its_trade_and_the_autopilots_is_nobodys():
    yes = proposal().approve(LATER, Yes.PERSON)
    robot = proposal(id="robot").approve(LATER, Yes.AUTOPILOT)

    found = await read(yes, robot, over(Kind.REAL, "12.45"), over(Kind.REAL, "99", id="robot"))

    assert found == {Answered.APPROVED: Tally(1, 1, Decimal("0.5"))}


async def test_a_change_is_compared_with_the_card_as_it_was():
    wider = candidate(stop_distance=Decimal("0.02"))
    child = proposal(id="child", candidate=wider, created_at=LATER, plan=plan(risk=Decimal(30)))

    found = await read(
        proposal().supersede(LATER),
        child.approve(LATER, Yes.PERSON),
        over(Kind.SHADOW, -RISK),
        over(Kind.REAL, RISK, id="child"),
    )

    assert found[Answered.CHANGED] == Tally(1, 1, Decimal(2))


async def test_the_same_trade_at_a_new_price_is_no_change():
    child = proposal(id="child", created_at=LATER)

    found = await read(proposal().supersede(LATER), child.approve(LATER, Yes.PERSON))

    assert Answered.CHANGED not in found
