"""When nobody has to be asked: the autopilot and its own small limits."""

from dataclasses import dataclass
from decimal import Decimal
from math import prod

from core.approval import WHOLE, ApproveProposal
from core.attendance import Attendance
from core.calendar import day_start
from core.domain.people import Absence, AccountSettings, Approval
from core.domain.proposal import Proposal, Yes
from core.domain.trade import Trade
from core.errors import ProposalClosed
from core.ports import Clock, Ledger


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
        try:
            outcome = await self.approve(proposal.id, Yes.AUTOPILOT, part=part)
        except ProposalClosed:
            return False
        return isinstance(outcome, Trade)

    async def _part(self, proposal: Proposal, settings: AccountSettings) -> Decimal | None:
        """How much of the card the autopilot may take; None leaves it to a person. What an objection
        takes off a card it takes off the autopilot's share, too.
        """
        plan, most = proposal.plan, settings.limits.autopilot_risk
        if settings.approval is Approval.SMALL and plan.risk <= settings.small_below:
            return WHOLE
        alone = settings.absence is Absence.SMALL_AUTOPILOT and await self.attendance.away()
        if not most or not (settings.approval is Approval.AUTOPILOT or alone):
            return None
        left = prod((one.scale for one in proposal.candidate.objections), start=most)
        return min(WHOLE, left * plan.equity / plan.risk)

    async def _entries(self) -> int:
        today = await self.ledger.proposals(self.account, start=day_start(self.clock.now()))
        return sum(proposal.yes is Yes.AUTOPILOT for proposal in today)
