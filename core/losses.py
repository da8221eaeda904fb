"""What an account was worth when each day, week and month began, as if what has been moved since had
been there, or gone, already.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.calendar import period_starts
from core.ports import Ledger, Transfers
from core.risk import Period


class _NoTransfers:
    """Nobody can move money here, or nobody can tell."""

    @property
    def lag(self) -> timedelta:
        return timedelta(0)

    async def moved(self, _start: datetime, _end: datetime) -> Decimal:
        return Decimal(0)


NO_TRANSFERS = _NoTransfers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What limits count from: a withdrawal is no loss, and a deposit hides none."""

    account: str
    ledger: Ledger
    transfers: Transfers = NO_TRANSFERS

    async def started(self, now: datetime) -> dict[Period, Decimal]:
        """A period without a mark is left out. Raises BrokerUnavailable."""
        found = {}
        for period, start in period_starts(now).items():
            mark = await self.ledger.equity_before(self.account, start)
            if mark:
                moved = await self.transfers.moved(mark.at, now)
                found[period] = mark.equity + moved
        return found
