"""A decision's whole way: who said what, who objected, what became of it, and what it cost to ask."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.ask.ports import Past
from core.ask.telling import coin
from core.domain.model import Call
from core.domain.objection import Fate, Objection, Resolution
from core.domain.opinion import Decision
from core.domain.proposal import Proposal
from core.errors import NotFound
from core.ports import Fates, Ledger, Purse

ASKED_WITHIN = timedelta(minutes=15)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """`calls` are those that were about this decision; each is shared by all it was about."""

    decision: Decision
    proposal: Proposal | None = None
    fate: Fate | None = None
    resolution: Resolution | None = None
    calls: tuple[Call, ...] = ()

    @property
    def objections(self) -> tuple[Objection, ...]:
        if self.proposal is not None:
            return self.proposal.candidate.objections
        return self.fate.objections if self.fate else ()

    @property
    def cost(self) -> Decimal:
        """The decision's share of what was paid, in US dollars."""
        return sum((call.cost / len(call.symbols) for call in self.calls if call.symbols), ZERO)


@dataclass(frozen=True, slots=True)
class ReadTrail:
    """Follow a decision by its own id or by its card's; or the last one, of a coin or of all."""

    account: str
    ledger: Ledger
    fates: Fates
    purse: Purse
    past: Past

    async def __call__(self, name: str) -> Trail:
        """`name` is an id, a coin or nothing. Raises NotFound."""
        card = await self._card(name)
        decision = await self._decision(card.candidate.decision_id if card else name)
        fate = await self.fates.fate(self.account, decision.id)
        if card is None and fate is not None and fate.proposal:
            card = await self._card(fate.proposal)
        return Trail(
            decision=decision,
            proposal=card,
            fate=fate,
            resolution=await self.fates.resolution(decision.id),
            calls=await self._calls(decision),
        )

    async def _card(self, name: str) -> Proposal | None:
        try:
            return await self.ledger.proposal(name)
        except NotFound:
            return None

    async def _decision(self, name: str) -> Decision:
        followed = (await self.ledger.settings(self.account)).symbols
        asked = [each for each in followed if name.lower() in {"", coin(each).lower()}]
        found = [one for each in asked for one in await self.past.latest(each, 1)]
        newest = max(found, key=lambda one: one.as_of, default=None)
        return newest or await self.ledger.decision(name)

    async def _calls(self, decision: Decision) -> tuple[Call, ...]:
        asked = await self.purse.calls(decision.as_of, decision.as_of + ASKED_WITHIN)
        return tuple(
            call
            for call in asked
            if call.as_of == decision.as_of and decision.symbol in call.symbols
        )
