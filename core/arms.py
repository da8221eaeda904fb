"""Two arms of one experiment: the whole committee, and its rules alone, each saying yes to itself.

Both are walked over the same bars at the same costs, on paper only, from the same equity. So their
difference is what the models are worth, whatever people or the autopilot make of the cards.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from core.calendar import ROLLING, period_starts
from core.committee.consensus import alone
from core.committee.merging import Rules
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Approval
from core.domain.proposal import Candidate, Refusal, TradePlan
from core.domain.trade import Kind, Trade
from core.errors import NoMarketData
from core.ports import Clock, Ledger
from core.proposing import Answer, ProposeTrades
from core.risk import Period, Standing, review
from core.risk.candidates import candidate_of
from core.risk.rests import STOPPED
from core.rules import RULES
from core.standing import rests, two_stops

ARMS = (Kind.COMMITTEE, Kind.RULES)


@dataclass(frozen=True, slots=True)
class RunArms:
    """Let each arm enter what its voices would, as soon as the account has dealt with it."""

    account: str
    clock: Clock
    ledger: Ledger
    propose: ProposeTrades

    async def __call__(self, answers: Sequence[Answer]) -> None:
        """Without a model on the committee there is nothing to compare."""
        asked = [answer for answer in answers if _has_models(answer.decision)]
        if not asked:
            return
        settings = _at_ease(await self.ledger.settings(self.account))
        for kind in ARMS:
            for answer in asked:
                await self._enter(kind, _wish(kind, answer, settings), settings)

    async def _enter(
        self, kind: Kind, wish: Candidate | Refusal, settings: AccountSettings
    ) -> None:
        if isinstance(wish, Refusal) or not wish.scale:
            return
        with suppress(NoMarketData):
            standing = await self._standing(kind, settings)
            plan = review(wish, await self.propose.terms(wish.symbol), standing, settings)
            if isinstance(plan, TradePlan):
                await self.ledger.commit(self._trade(kind, wish, plan))

    def _trade(self, kind: Kind, wish: Candidate, plan: TradePlan) -> Trade:
        return Trade(
            id=self.propose.new_id(),
            account=self.account,
            kind=kind,
            plan=plan,
            stop=plan.stop_loss,
            targets=plan.targets,
            created_at=self.clock.now(),
        )

    async def _standing(self, kind: Kind, settings: AccountSettings) -> Standing:
        """The account's, had it made this arm's trades."""
        here, stand = await self.propose.stand(), self.propose.stand
        live = await self.ledger.live_trades(self.account, kind)
        closed = await self.ledger.closed_trades(self.account, here.now - ROLLING, None, kind)
        recent = [t for t in closed if t.closed_at and t.closed_at > here.now - timedelta(days=3)]
        stops = [trade for trade in recent if trade.exit in STOPPED]
        open_ = await stand.risks(live)
        used = sum((t.plan.notional / t.plan.leverage for t in live), Decimal(0))
        return replace(
            here,
            free_margin=here.equity - used,
            started={p: here.equity - net for p, net in _nets(here, closed)},
            open=open_,
            waiting=frozenset(),
            rests_until=rests(stops, settings.limits),
            two_stops_until=two_stops(recent, settings.limits),
            proposals_today=0,
        )


def _has_models(decision: Decision) -> bool:
    return any(view.analyst not in RULES for view in decision.views)


def _at_ease(settings: AccountSettings) -> AccountSettings:
    """An arm is never paused, and trades as if a person said yes to all of it."""
    return replace(settings, paused=False, approval=Approval.ASK)


def _wish(kind: Kind, answer: Answer, settings: AccountSettings) -> Candidate | Refusal:
    """The rules are alone also in that nobody objects to them."""
    if kind is Kind.RULES:
        tuning = answer.decision.question.tuning
        return candidate_of(alone(answer.decision, RULES, Rules().tuned(tuning)), settings)
    wish = candidate_of(answer.decision, settings)
    if isinstance(wish, Candidate) and isinstance(answer.wish, Candidate):
        return wish.opposed(answer.wish.objections)
    return wish


def _nets(here: Standing, closed: Sequence[Trade]) -> Iterator[tuple[Period, Decimal]]:
    for period, start in period_starts(here.now).items():
        since = (t.net for t in closed if t.closed_at and t.closed_at >= start)
        yield period, sum(since, Decimal(0))
