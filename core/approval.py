"""A person's answer to a card: yes, less, otherwise, no; or none at all.

At the tap the price is read again and risk runs again. The button, the trade and its entry intent
are written in one transaction before a byte leaves.
"""

import asyncio
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.intent import Role
from core.domain.ledger import Claim, claimed
from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import (
    Candidate,
    Proposal,
    ProposalStatus,
    Refusal,
    Rule,
    TradePlan,
    Yes,
)
from core.domain.trade import Trade
from core.ending import expiry, shadow_of, trade_of_plan
from core.execution.names import order_id
from core.execution.orders import entry_order, intent_for
from core.execution.protecting import ProtectPositions
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.ports import Clock, Ledger
from core.proposing import ProposeTrades
from core.risk import admit, review, shrunk

WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class PriceMoved:
    """The price is past the card's limit. Nothing was bought; the card still waits."""

    proposal: Proposal
    price: Decimal


@dataclass(frozen=True, slots=True)
class ApproveProposal:
    """Turn a yes into a protected position, or say why not."""

    clock: Clock
    ledger: Ledger
    propose: ProposeTrades
    send: SendIntent
    settle: SettleIntents
    protect: ProtectPositions
    lane: asyncio.Lock

    async def __call__(
        self, proposal_id: str, yes: Yes, *, part: Decimal = WHOLE, claim: Claim | None = None
    ) -> Trade | Refusal | PriceMoved:
        """`part` (0..1) of the card's size; a part too small to trade leaves the card waiting.

        Raises ProposalClosed, ProposalExpired, ButtonSpent.
        """
        async with self.lane:
            proposal = await self.ledger.proposal(proposal_id)
            approved = proposal.approve(self.clock.now(), yes)
            verdict = await self._check(proposal, part)
            if isinstance(verdict, TradePlan):
                return await self._enter(replace(approved, plan=verdict), claim)
            if isinstance(verdict, Refusal) and verdict.rule is not Rule.TOO_SMALL:
                refused = proposal.refuse(self.clock.now())
                await self.ledger.commit(*claimed(claim), refused, shadow_of(refused))
            return verdict

    async def _check(self, proposal: Proposal, part: Decimal) -> TradePlan | Refusal | PriceMoved:
        terms = await self.propose.terms(proposal.plan.symbol)
        if not proposal.plan.accepts(terms.quote.last):
            return PriceMoved(proposal, terms.quote.last)
        plan = proposal.plan if part == WHOLE else shrunk(proposal.plan, part, terms)
        if isinstance(plan, Refusal):
            return plan
        settings = await self.ledger.settings(proposal.account)
        return admit(plan, terms, await self.propose.stand(), settings) or plan

    async def _enter(self, approved: Proposal, claim: Claim | None) -> Trade:
        """What was filled has its stop before it is booked: books can wait."""
        trade = trade_of_plan(approved, self.clock.now())
        order = entry_order(trade, order_id(trade.id, Role.ENTRY, ()))
        intent = intent_for(trade, Role.ENTRY, order, self.clock.now())
        outcome = Notice(
            approved.account, NoticeKind.PROPOSAL_OUTCOME, self.clock.now(), approved.id
        )
        await self.ledger.commit(*claimed(claim), approved, trade, intent, outcome)
        await self.send(intent)
        await self.protect()
        await self.settle()
        await self.protect()
        return await self.ledger.trade(trade.id)


@dataclass(frozen=True, slots=True)
class RejectProposal:
    """A person's no. The proposal goes on as a shadow, so that reports can say what it made."""

    clock: Clock
    ledger: Ledger

    async def __call__(self, proposal_id: str, claim: Claim | None = None) -> Proposal:
        rejected = (await self.ledger.proposal(proposal_id)).reject(self.clock.now())
        notice = Notice(
            rejected.account, NoticeKind.PROPOSAL_OUTCOME, self.clock.now(), rejected.id
        )
        await self.ledger.commit(*claimed(claim), rejected, shadow_of(rejected), notice)
        return rejected


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Factors on what the card asked for; all 1 gives the same trade at today's price."""

    size: Decimal = WHOLE
    stop: Decimal = WHOLE
    target: Decimal = WHOLE

    def of(self, candidate: Candidate) -> Candidate:
        return replace(
            candidate,
            scale=min(WHOLE, candidate.scale * self.size),
            stop_distance=candidate.stop_distance * self.stop,
            target_distance=candidate.target_distance * self.target,
        )


@dataclass(frozen=True, slots=True)
class AdjustProposal:
    """The same trade otherwise: smaller, or with other distances, or at today's price.

    Gives a new card; the old one is replaced and goes on as a shadow. Risk sizes the new one as it
    would any other.
    """

    clock: Clock
    ledger: Ledger
    propose: ProposeTrades
    lane: asyncio.Lock

    async def __call__(
        self, proposal_id: str, change: Adjustment, claim: Claim | None = None
    ) -> Proposal | Refusal:
        async with self.lane:
            old = await self.ledger.proposal(proposal_id)
            replaced = old.supersede(self.clock.now())
            plan = await self._plan(changed := change.of(old.candidate))
            if isinstance(plan, Refusal):
                return plan
            settings = await self.ledger.settings(old.account)
            card = self.propose.card(changed, plan, settings)
            await self.ledger.commit(*claimed(claim), replaced, shadow_of(replaced), card)
            return card

    async def _plan(self, candidate: Candidate) -> TradePlan | Refusal:
        settings = await self.ledger.settings(self.propose.account)
        terms = await self.propose.terms(candidate.symbol)
        return review(candidate, terms, await self.propose.stand(), settings)


@dataclass(frozen=True, slots=True)
class ExpireProposals:
    """Close the cards that nobody answered in time."""

    account: str
    clock: Clock
    ledger: Ledger

    async def __call__(self) -> tuple[Proposal, ...]:
        now = self.clock.now()
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        over = tuple(card for card in waiting if now >= card.expires_at)
        for card in over:
            await self.ledger.commit(*expiry(card, now))
        return over
