"""What becomes of a card: a trade when somebody says yes, a shadow when nobody does."""

from datetime import datetime

from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import Proposal
from core.domain.trade import Kind, Trade


def trade_of_plan(proposal: Proposal, now: datetime, kind: Kind = Kind.REAL) -> Trade:
    """A position that does not exist yet."""
    plan = proposal.plan
    return Trade(
        id=proposal.id,
        account=proposal.account,
        kind=kind,
        plan=plan,
        stop=plan.stop_loss,
        targets=plan.targets,
        created_at=now,
    )


def shadow_of(proposal: Proposal) -> Trade:
    """What the card would have made, had somebody said yes when it came."""
    return trade_of_plan(proposal, proposal.created_at, Kind.SHADOW)


def expiry(card: Proposal, now: datetime) -> tuple[Proposal, Trade, Notice]:
    """What is written when a card ends without an answer."""
    expired = card.expire(now)
    told = Notice(card.account, NoticeKind.PROPOSAL_OUTCOME, now, card.id, silent=True)
    return expired, shadow_of(expired), told
