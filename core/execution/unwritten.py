"""What was done while the ledger took nothing: kept in memory, written down as soon as it can be."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from core.domain.intent import Intent, Role
from core.domain.ledger import Change
from core.domain.trade import Exit, Trade
from core.errors import NotFound
from core.execution.names import named
from core.ports import Ledger

FIRST_NUMBER = 91


@dataclass(slots=True)
class Unwritten:
    """Exits that were sent, the reasons for them and what they left by trade, and since when
    entries are off.
    """

    intents: list[Intent] = field(default_factory=list)
    endings: dict[str, Exit] = field(default_factory=dict)
    left: dict[str, Decimal] = field(default_factory=dict)
    paused_at: datetime | None = None
    names: int = 0

    def remaining(self, trade: Trade) -> Decimal:
        """What is left of a trade, whatever the ledger says of it still."""
        return min(trade.remaining, self.left.get(trade.id, trade.remaining))

    def name(self, trade_id: str, role: Role) -> str:
        """Far from the numbers that the ledger counts, which cannot be asked now."""
        self.names += 1
        return named(trade_id, role, FIRST_NUMBER + self.names - 1)

    async def write(self, account: str, ledger: Ledger) -> None:
        """All of it in one transaction. Raises LedgerUnavailable, and keeps it then."""
        if not (self.intents or self.endings or self.paused_at):
            return
        sent, why, paused_at = tuple(self.intents), dict(self.endings), self.paused_at
        changes: list[Change] = [*sent, *await _ended(ledger, why)]
        if paused_at is not None:
            settings = await ledger.settings(account)
            changes.append(replace(settings, paused=True, paused_at=paused_at))
        await ledger.commit(*changes)
        self.intents = self.intents[len(sent) :]
        self.left = {name: left for name, left in self.left.items() if name not in why}
        self.endings = {name: end for name, end in self.endings.items() if name not in why}
        self.paused_at = None if self.paused_at == paused_at else self.paused_at


async def _ended(ledger: Ledger, why: dict[str, Exit]) -> list[Trade]:
    found = []
    for trade_id, ending in why.items():
        try:
            trade = await ledger.trade(trade_id)
        except NotFound:
            continue
        if trade.is_live:
            found.append(replace(trade, ending=ending))
    return found
