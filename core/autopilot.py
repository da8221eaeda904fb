"""When nobody has to be asked: the autopilot's own small limits, and what to do in absence."""

from dataclasses import dataclass
from decimal import Decimal

from core.approval import WHOLE, ApproveProposal
from core.calendar import day_start
from core.domain.people import Absence, AccountSettings, Approval
from core.domain.proposal import Proposal, ProposalStatus, Yes
from core.ports import Clock, Ledger, Presence

UNANSWERED = 2


@dataclass(frozen=True, slots=True)
class Attendance:
    """Is anybody there? Two unanswered cards in a row mean no, until somebody stirs."""

    account: str
    ledger: Ledger
    presence: Presence

    async def away(self) -> bool:
        last = (await self.ledger.proposals(self.account))[-UNANSWERED:]
        if len(last) < UNANSWERED or any(p.status is not ProposalStatus.EXPIRED for p in last):
            return False
        seen = await self.presence.last_seen()
        return seen is None or all(seen < p.expires_at for p in last)


@dataclass(frozen=True, slots=True)
class Autopilot:
    """Says yes by itself where the account's settings allow it, and never to more than a little."""

    account: str
    clock: Clock
    ledger: Ledger
    approve: ApproveProposal
    attendance: Attendance

    async def __call__(self, proposal: Proposal) -> bool:
        """Was the autopilot the one to answer?"""
        settings = await self.ledger.settings(self.account)
        part = await self._part(proposal, settings)
        if part is None or await self._entries() >= settings.limits.autopilot_entries:
            return False
        await self.approve(proposal.id, Yes.AUTOPILOT, part=part)
        return True

    async def _part(self, proposal: Proposal, settings: AccountSettings) -> Decimal | None:
        """How much of the card the autopilot may take; None leaves it to a person."""
        plan, most = proposal.plan, settings.limits.autopilot_risk
        if settings.approval is Approval.SMALL and plan.risk <= settings.small_below:
            return WHOLE
        alone = settings.absence is Absence.SMALL_AUTOPILOT and await self.attendance.away()
        if not most or not (settings.approval is Approval.AUTOPILOT or alone):
            return None
        return min(WHOLE, most * plan.equity / plan.risk)

    async def _entries(self) -> int:
        today = await self.ledger.proposals(self.account, start=day_start(self.clock.now()))
        return sum(proposal.yes is Yes.AUTOPILOT for proposal in today)
