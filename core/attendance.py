"""Is anybody there to answer?"""

from dataclasses import dataclass

from core.domain.proposal import ProposalStatus
from core.ports import Ledger, Presence

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
