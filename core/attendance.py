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
        """Cards that still wait say nothing yet."""
        cards = [p for p in await self.ledger.proposals(self.account) if not p.is_pending]
        last = cards[-UNANSWERED:]
        if len(last) < UNANSWERED or any(p.status is not ProposalStatus.EXPIRED for p in last):
            return False
        seen = await self.presence.last_seen()
        return seen is None or all(seen < (p.answered_at or p.expires_at) for p in last)
