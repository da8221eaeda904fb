"""A person's own answers, scored like an analyst's: what each no, each silence and each change made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.proposal import Candidate, Proposal, ProposalStatus, Yes
from core.domain.trade import Kind, Trade
from core.ports import Clock, Ledger

SPAN = timedelta(days=90)
ZERO = Decimal(0)


class Answered(StrEnum):
    """What a person did with a card."""

    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Tally:
    """So often; `known` of them are over, and the answer was worth `gained` R: a loss that was
    rejected counts as gained, a change counts against the card as it was.
    """

    count: int = 0
    known: int = 0
    gained: Decimal = ZERO

    def and_one(self, gained: Decimal | None) -> "Tally":
        if gained is None:
            return Tally(self.count + 1, self.known, self.gained)
        return Tally(self.count + 1, self.known + 1, self.gained + gained)


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """Of the cards of the last 90 days."""

    account: str
    clock: Clock
    ledger: Ledger

    async def __call__(self) -> Mapping[Answered, Tally]:
        now = self.clock.now()
        cards = await self.ledger.proposals(self.account, start=now - SPAN)
        real = await self.ledger.closed_trades(self.account, now - SPAN)
        shadows = await self.ledger.closed_trades(self.account, now - SPAN, kind=Kind.SHADOW)
        return answers(cards, real, shadows)


def answers(
    cards: Sequence[Proposal], real: Sequence[Trade], shadows: Sequence[Trade]
) -> Mapping[Answered, Tally]:
    trades = {trade.id: trade for trade in real}
    missed = {trade.id: trade for trade in shadows}
    found: dict[Answered, Tally] = {}

    def add(answer: Answered, gained: Decimal | None) -> None:
        found[answer] = found.get(answer, Tally()).and_one(gained)

    for card in cards:
        match card.status:
            case ProposalStatus.APPROVED if card.yes is Yes.PERSON:
                done = trades.get(card.id)
                add(Answered.APPROVED, done.r_multiple if done else None)
            case ProposalStatus.REJECTED:
                add(Answered.REJECTED, _avoided(missed.get(card.id)))
            case ProposalStatus.EXPIRED:
                add(Answered.EXPIRED, _avoided(missed.get(card.id)))
            case ProposalStatus.REPLACED if child := _became(card, cards):
                add(Answered.CHANGED, _changed(card, missed.get(card.id), trades.get(child.id)))
    return found


def _avoided(shadow: Trade | None) -> Decimal | None:
    return None if shadow is None else -shadow.r_multiple


def _became(card: Proposal, cards: Sequence[Proposal]) -> Proposal | None:
    """The approved card that stands for the same decision otherwise; a new price alone is no change."""
    later = (
        other
        for other in cards
        if other.candidate.decision_id == card.candidate.decision_id
        and other.status is ProposalStatus.APPROVED
        and other.created_at > card.created_at
        and _terms(other.candidate) != _terms(card.candidate)
    )
    return next(later, None)


def _terms(candidate: Candidate) -> tuple[Decimal, Decimal, Decimal]:
    return candidate.scale, candidate.stop_distance, candidate.target_distance


def _changed(card: Proposal, shadow: Trade | None, done: Trade | None) -> Decimal | None:
    """In units of the first card's risk."""
    if shadow is None or done is None:
        return None
    return (done.net - shadow.net) / card.plan.risk
