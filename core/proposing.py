"""The second half of the desk's story: decisions become cards, one account at a time.

Whoever objects is heard first, and outside of the lane: exits never wait for a model. Then risk has
the last word, on the account and the price as they are by then.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.attendance import Attendance
from core.committee.alone import ALONE
from core.domain.market import Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.objection import Ending, Fate
from core.domain.opinion import Decision
from core.domain.people import Absence, AccountSettings
from core.domain.proposal import Author, Candidate, Proposal, Refusal, Rule, TradePlan
from core.domain.trading import Side
from core.ending import shadow_of
from core.errors import NoMarketData
from core.ports import Clock, Ledger, MarketData, Opposition, Quotes
from core.risk import Standing, Terms, review
from core.risk.candidates import candidate_for, candidate_of
from core.risk.guards import crowded, refusals
from core.standing import OneLook, TakeStanding

NewId = Callable[[], str]

LONGEST_THOUGHT = timedelta(minutes=4)
ENDINGS = {Rule.NO_EDGE: Ending.FLAT, Rule.VETOED: Ending.VETOED}
EXPIRY = {
    Timeframe.M1: timedelta(minutes=1),
    Timeframe.M5: timedelta(minutes=2),
    Timeframe.M15: timedelta(minutes=3),
    Timeframe.H1: timedelta(minutes=15),
    Timeframe.H4: timedelta(minutes=45),
    Timeframe.D1: timedelta(minutes=240),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one account makes of one decision; `wish` is what it asked for, objections and all."""

    decision: Decision
    outcome: Proposal | Refusal
    wish: Candidate | Refusal


@dataclass(frozen=True, slots=True)
class ProposeTrades:
    """Turn decisions with an edge into cards, one account at a time."""

    account: str
    clock: Clock
    quotes: Quotes
    market: MarketData
    ledger: Ledger
    stand: TakeStanding
    lane: asyncio.Lock
    slippage: Decimal
    new_id: NewId
    attendance: Attendance
    opposition: Opposition = ALONE

    async def __call__(self, decisions: Sequence[Decision]) -> tuple[Answer, ...]:
        wishes = await self._heard(decisions)
        async with self.lane:
            look = OneLook(self.stand)
            answers = [
                Answer(decision, await self._answer(decision, wish, look), wish)
                for decision, wish in zip(decisions, wishes, strict=True)
            ]
            await self.ledger.commit(*filter(None, map(self._refused, answers)))
        return tuple(answers)

    async def _heard(self, decisions: Sequence[Decision]) -> list[Candidate | Refusal]:
        """What each decision asks for, after everybody who speaks against it."""
        wishes = await self._possible(decisions)
        asked = {n: wish for n, wish in enumerate(wishes) if isinstance(wish, Candidate)}
        pairs = [(wish, decisions[place]) for place, wish in asked.items()]
        said = await self.opposition(self.account, pairs) if pairs else ()
        for (place, wish), objections in zip(asked.items(), said, strict=True):
            wishes[place] = wish.opposed(objections)
        return wishes

    async def _possible(self, decisions: Sequence[Decision]) -> list[Candidate | Refusal]:
        """Only what the account could do just now is worth an objection. The rest is refused for
        good: by the time it could be done, nobody would have been heard against it.
        """
        settings = await self.ledger.settings(self.account)
        wishes = [candidate_of(decision, settings) for decision in decisions]
        if not any(isinstance(wish, Candidate) for wish in wishes):
            return wishes
        standing = await self.stand()
        return [
            (isinstance(wish, Candidate) and _hopeless(wish, standing, settings)) or wish
            for wish in wishes
        ]

    async def _answer(
        self, decision: Decision, wish: Candidate | Refusal, look: OneLook
    ) -> Proposal | Refusal:
        if isinstance(wish, Refusal):
            return wish
        for veto in wish.objections:
            if not veto.scale:
                return Refusal(Rule.VETOED, {"by": veto.by.value})
        settings = await self.ledger.settings(self.account)
        if stale := _stale(decision, settings.timeframe, self.clock.now()):
            return stale
        quietly = settings.absence is Absence.SHADOW and await self.attendance.away()
        outcome = await self.put(wish, settings, look, quietly=quietly)
        if isinstance(outcome, Proposal):
            look.add(outcome)
        return outcome

    def _refused(self, answer: Answer) -> Fate | None:
        """What became of a decision that did not become a card."""
        wish = answer.wish
        if isinstance(answer.outcome, Proposal):
            return None
        return Fate(
            account=self.account,
            decision=answer.decision.id,
            at=self.clock.now(),
            ending=ENDINGS.get(answer.outcome.rule, Ending.REFUSED),
            rule=answer.outcome.rule.value,
            objections=wish.objections if isinstance(wish, Candidate) else (),
        )

    async def put(
        self,
        candidate: Candidate,
        settings: AccountSettings,
        look: OneLook | None = None,
        *,
        quietly: bool = False,
    ) -> Proposal | Refusal:
        """Review a candidate and, if risk allows it, write a card for it. Needs the lane.

        `quietly` nobody is bothered: the card ends at once and goes on as a shadow.
        """
        standing = await (look or self.stand)()
        refusal = crowded(candidate.symbol, standing, settings)
        if refusal:
            return refusal
        verdict = review(candidate, await self.terms(candidate.symbol), standing, settings)
        if isinstance(verdict, Refusal):
            return verdict
        proposal = self.card(candidate, verdict, settings)
        fate = _fate(proposal)
        if quietly:
            proposal = proposal.expire(self.clock.now())
            await self.ledger.commit(proposal, shadow_of(proposal), *fate)
            return proposal
        notice = Notice(self.account, NoticeKind.PROPOSAL, proposal.created_at, proposal.id)
        await self.ledger.commit(proposal, notice, *fate)
        return proposal

    async def terms(self, symbol: str) -> Terms:
        return Terms(
            await self.quotes.quote(symbol), self.market.instrument(symbol), self.slippage
        )

    def card(self, candidate: Candidate, plan: TradePlan, settings: AccountSettings) -> Proposal:
        now = self.clock.now()
        return Proposal(
            id=self.new_id(),
            account=self.account,
            candidate=candidate,
            plan=plan,
            created_at=now,
            expires_at=now + EXPIRY[settings.timeframe],
        )


def _fate(card: Proposal) -> tuple[Fate, ...]:
    """A decision became a card; what a person wants is nobody's fate."""
    candidate = card.candidate
    if candidate.author is Author.PERSON:
        return ()
    return (
        Fate(
            account=card.account,
            decision=candidate.decision_id,
            at=card.created_at,
            ending=Ending.PROPOSED,
            proposal=card.id,
            objections=candidate.objections,
        ),
    )


def _stale(decision: Decision, timeframe: Timeframe, now: datetime) -> Refusal | None:
    """A thought that has outlived its candle is about a market that is gone: a machine may have
    slept over it. Where candles are short, models get their time.
    """
    age = now - decision.as_of
    if age <= max(timeframe.duration, LONGEST_THOUGHT):
        return None
    minutes = int(age / timedelta(minutes=1))
    return Refusal(Rule.STALE, {"symbol": decision.symbol, "minutes": minutes})


def _hopeless(wish: Candidate, standing: Standing, settings: AccountSettings) -> Refusal | None:
    """What would refuse it whatever anybody says."""
    others = refusals(wish.symbol, standing, settings)
    return crowded(wish.symbol, standing, settings) or next(others, None)


STALE_AFTER = 4


@dataclass(frozen=True, slots=True)
class OpenManually:
    """A person wants a side that the desk does not: the same distances, the same risk."""

    clock: Clock
    ledger: Ledger
    propose: ProposeTrades

    async def __call__(self, decision_id: str, side: Side) -> Proposal | Refusal:
        """Raises NotFound, NoMarketData for a decision older than a few candles."""
        decision = await self.ledger.decision(decision_id)
        settings = await self.ledger.settings(self.propose.account)
        if self.clock.now() - decision.as_of > settings.timeframe.duration * STALE_AFTER:
            raise NoMarketData(symbol=decision.symbol)
        candidate = replace(candidate_for(decision, side, Decimal(1)), author=Author.PERSON)
        async with self.propose.lane:
            return await self.propose.put(candidate, settings)
