"""The desk's story up to the question that a person answers.

    FormDecisions   snapshots -> questions -> views -> decisions      once for the market
    ProposeTrades   decisions -> plan or refusal -> proposal          for each account

Only what is behind the ports differs between live, paper, demo and backtest. Nothing in here can
ask which one it runs in.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from core.attendance import Attendance
from core.committee.burden import burden_of
from core.committee.consensus import decide
from core.committee.merging import Rules
from core.committee.question import question
from core.domain.market import Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.opinion import Decision, Question, View
from core.domain.people import Absence, AccountSettings
from core.domain.proposal import Author, Candidate, Proposal, Refusal, TradePlan
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning
from core.ending import shadow_of
from core.errors import NoMarketData
from core.indicators import indicators
from core.ports import Analyst, Clock, Ledger, MarketData, Quotes, Sights
from core.quality import assess
from core.risk import Terms, review
from core.risk.candidates import candidate_for, candidate_of
from core.risk.guards import crowded
from core.rules import RULES
from core.standing import TakeStanding

NewId = Callable[[], str]

EXPIRY = {
    Timeframe.M1: timedelta(minutes=1),
    Timeframe.M5: timedelta(minutes=2),
    Timeframe.M15: timedelta(minutes=3),
    Timeframe.H1: timedelta(minutes=15),
    Timeframe.H4: timedelta(minutes=45),
    Timeframe.D1: timedelta(minutes=240),
}


class Nowhere:
    """A record can be looked at again without anybody's help."""

    async def keep(self, snapshots: Sequence[MarketSnapshot]) -> None:
        return


NOWHERE = Nowhere()


@dataclass(frozen=True, slots=True)
class FormDecisions:
    """Ask every analyst about every symbol, and merge what they say."""

    market: MarketData
    analysts: tuple[Analyst, ...]
    ledger: Ledger
    rules: Rules
    slippage: Decimal
    new_id: NewId
    sights: Sights = NOWHERE

    async def __call__(
        self, symbols: Sequence[str], timeframe: Timeframe, tuning: Tuning = STANDARD
    ) -> tuple[Decision, ...]:
        seen = await self.market.snapshots(symbols, timeframe)
        snapshots = [one for one in seen if _can_be_judged(one)]
        questions = [question(s, indicators(s.frame), tuning) for s in snapshots]
        answers = await asyncio.gather(
            *(a.views(snapshots, questions) for a in self._asked(tuning))
        )
        decisions = tuple(
            self._decide(snapshot, asked, views)
            for snapshot, asked, *views in zip(snapshots, questions, *answers, strict=True)
        )
        await self.ledger.commit(*decisions)
        await self.sights.keep(snapshots)
        return decisions

    def _asked(self, tuning: Tuning) -> tuple[Analyst, ...]:
        """Everybody but the rules that this tuning leaves silent."""
        return tuple(a for a in self.analysts if a.name not in RULES or a.name in tuning.voices)

    def _decide(
        self, snapshot: MarketSnapshot, asked: Question, views: Sequence[View]
    ) -> Decision:
        burden = burden_of(snapshot, asked, self.slippage)
        rules = self.rules.tuned(asked.tuning)
        return decide(self.new_id(), asked, views, burden, snapshot.hash, rules)


def _can_be_judged(snapshot: MarketSnapshot) -> bool:
    """A broken symbol must not silence others, and in a hole of the data nobody enters."""
    own = assess(snapshot.frame, snapshot.as_of).grade
    return own.admits and snapshot.quality.grade.admits


@dataclass(frozen=True, slots=True)
class Answer:
    """What one account makes of one decision."""

    decision: Decision
    outcome: Proposal | Refusal


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

    async def __call__(self, decisions: Sequence[Decision]) -> tuple[Answer, ...]:
        async with self.lane:
            return tuple([Answer(d, await self._answer(d)) for d in decisions])

    async def _answer(self, decision: Decision) -> Proposal | Refusal:
        settings = await self.ledger.settings(self.account)
        candidate = candidate_of(decision, settings)
        if isinstance(candidate, Refusal):
            return candidate
        quietly = settings.absence is Absence.SHADOW and await self.attendance.away()
        return await self.put(candidate, settings, quietly=quietly)

    async def put(
        self, candidate: Candidate, settings: AccountSettings, *, quietly: bool = False
    ) -> Proposal | Refusal:
        """Review a candidate and, if risk allows it, write a card for it. Needs the lane.

        `quietly` nobody is bothered: the card ends at once and goes on as a shadow.
        """
        standing = await self.stand()
        refusal = crowded(candidate.symbol, standing, settings)
        if refusal:
            return refusal
        verdict = review(candidate, await self.terms(candidate.symbol), standing, settings)
        if isinstance(verdict, Refusal):
            return verdict
        proposal = self.card(candidate, verdict, settings)
        if quietly:
            proposal = proposal.expire(self.clock.now())
            await self.ledger.commit(proposal, shadow_of(proposal))
            return proposal
        notice = Notice(self.account, NoticeKind.PROPOSAL, proposal.created_at, proposal.id)
        await self.ledger.commit(proposal, notice)
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
