"""A sum that a person allows a tool to spend on models, and what has become of it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from core.domain.model import Call, CallStatus, Failure

NOTHING = Decimal(0)
Part = tuple[str, str, datetime]


@dataclass
class Allotment:
    """`core.ports.Purse` that lives as long as the tool. What cannot be paid at its worst is not
    asked, so the budget is never overdrawn.
    """

    budget: Decimal
    spent: Decimal = NOTHING
    made: dict[str, Call] = field(default_factory=dict)
    parts: dict[Part, Decimal] = field(default_factory=dict)

    async def reserve(self, call: Call) -> Failure | None:
        if self.spent + call.reserved > self.budget:
            return Failure.BUDGET
        self.made[call.id] = call
        self.spent += call.reserved
        return None

    async def settle(self, call: Call) -> None:
        before = self.made.get(call.id)
        if before is None or before.status is not CallStatus.RESERVED:
            return
        self.made[call.id] = call
        self.spent += call.cost - before.reserved
        part = (call.provider, call.model, call.as_of)
        self.parts[part] = self.parts.get(part, NOTHING) + call.cost

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        found = (call for call in self.made.values() if start <= call.at < end)
        return tuple(sorted(found, key=lambda call: call.at))

    def cost_of(self, provider: str, model: str, as_of: datetime) -> Decimal:
        """What one model has cost at one close."""
        return self.parts.get((provider, model, as_of), NOTHING)
