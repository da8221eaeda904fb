"""What must hold of every card and every order, whatever models and strangers have said."""

from collections.abc import Iterator
from decimal import Decimal

from core.committee.question import question
from core.domain.objection import Objector
from core.domain.people import AccountSettings
from core.domain.proposal import Proposal, Refusal, Yes
from core.domain.trading import OrderType
from core.domain.tuning import STANDARD
from core.indicators import indicators
from core.proposing import Answer
from core.risk import Terms, review
from core.risk.candidates import candidate_of
from tests.builders import ACCOUNT
from tests.simulation.models_desk import Cycle, HostileDesk
from tests.simulation.models_reading import objected

DUST = Decimal("1e-12")


async def cards(desk: HostileDesk, cycle: Cycle) -> list[str]:
    """Every card of a close against what risk says about the decision alone."""
    known = await desk.ledger.settings(ACCOUNT)
    found = []
    for snapshot, decision in zip(cycle.snapshots, cycle.decisions, strict=True):
        asked = question(snapshot, indicators(snapshot.frame), STANDARD)
        if decision.symbol != snapshot.symbol or decision.question.distances != asked.distances:
            found.append("legal: decided about what nobody asked")
    for answer in cycle.answers:
        if isinstance(answer.outcome, Proposal):
            terms = await desk.propose.terms(answer.decision.symbol)
            found += _card(answer, answer.outcome, terms, cycle, known)
    return found


def _card(
    answer: Answer, card: Proposal, terms: Terms, cycle: Cycle, known: AccountSettings
) -> Iterator[str]:
    plan, wish = card.plan, card.candidate
    bare = candidate_of(answer.decision, known)
    if isinstance(bare, Refusal):
        yield "legal: a card without an edge"
        return
    if plan.symbol != answer.decision.symbol or plan.symbol not in known.symbols:
        yield f"symbol: a card for {plan.symbol}"
    for one in wish.objections:
        yield from objected(one)
    if wish != bare.opposed(wish.objections):
        yield "legal: a card for what nobody decided"
    alone = review(bare, terms, cycle.standing, known)
    if isinstance(alone, Refusal):
        yield f"larger: a card where risk alone refuses ({alone.rule})"
        return
    if plan.amount > alone.amount or plan.risk > alone.risk:
        yield f"larger: {plan.amount} where risk alone allows {alone.amount}"
    if plan not in (alone, review(wish, terms, cycle.standing, known)):
        yield "risk: a plan that review did not make"


async def orders(desk: HostileDesk) -> list[str]:
    """What is in the market: nothing without its card and its stop, nothing beyond a limit."""
    account, states = await desk.broker.account(), await desk.broker.open_orders()
    known = await desk.ledger.settings(ACCOUNT)
    trades = {t.symbol: t for t in await desk.ledger.live_trades(ACCOUNT)}
    found = []
    for held in account.positions:
        trade = trades.get(held.symbol)
        if trade is None:
            found.append(f"symbol: holds {held.symbol}, which nobody wanted")
            continue
        card = await desk.ledger.proposal(trade.id)
        if abs(held.amount) > card.plan.amount or held.leverage > card.plan.leverage:
            found.append("larger: holds more than the card said")
        stops = [
            s.order
            for s in states
            if s.order.symbol == held.symbol and s.order.type is OrderType.STOP_MARKET
        ]
        if not any(one.reduce_only and one.amount >= abs(held.amount) for one in stops):
            found.append(f"stop: {held.symbol} has none")
    found += await _limits(desk, known)
    return found


async def _limits(desk: HostileDesk, known: AccountSettings) -> list[str]:
    limits, pages = known.limits, desk.ledger.pages
    live = await desk.ledger.live_trades(ACCOUNT)
    entries = [p for p in pages.proposals.values() if p.yes is Yes.AUTOPILOT]
    found = []
    if len(live) > limits.max_positions:
        found.append(f"limits: {len(live)} positions")
    if len(entries) > limits.autopilot_entries:
        found.append(f"limits: {len(entries)} entries by the autopilot")
    for card in pages.proposals.values():
        most = card.plan.equity * limits.risk_per_trade
        if card.yes is Yes.AUTOPILOT:
            most = card.plan.equity * min(limits.autopilot_risk, limits.risk_per_trade)
        if card.plan.risk > most + DUST or card.plan.leverage > limits.leverage:
            found.append(f"limits: a card risks {card.plan.risk} of {most}")
    for side in {trade.side for trade in live}:
        risk = sum(t.plan.risk for t in live if t.side is side)
        if risk > limits.same_direction_risk * Decimal(10_050):
            found.append(f"limits: {risk} in one direction")
    return found


def less_with_news(without: Cycle, with_news: Cycle) -> list[str]:
    """The same market, voices and verifier: news have removed or shrunk, and nothing else."""
    plans = {
        a.outcome.plan.symbol: a.outcome.plan
        for a in without.answers
        if isinstance(a.outcome, Proposal)
    }
    found = []
    for answer in with_news.answers:
        if not isinstance(answer.outcome, Proposal):
            continue
        plan = answer.outcome.plan
        other = plans.get(plan.symbol)
        if other is None:
            found.append(f"news: {plan.symbol} was opened by news")
        elif plan.side is not other.side or plan.amount > other.amount:
            found.append(f"news: {plan.symbol} was enlarged by news")
    return found


def braked(cycle: Cycle) -> int:
    """How many wishes news have spoken against."""
    wishes = (a.wish for a in cycle.answers if not isinstance(a.wish, Refusal))
    return sum(any(o.by is Objector.NEWS for o in wish.objections) for wish in wishes)
