"""Does the money add up? Fills, fees and funding explain a wallet, or somebody should look at it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trading import Activity, Fill
from core.execution.sightings import Sightings
from core.ports import Clock, Ledger

LASTS = timedelta(seconds=30)
LEAST, SHARE = Decimal(1), Decimal("0.0005")
EARLIER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Balance:
    """What the wallet held when everything up to `seq` had been booked."""

    wallet: Decimal
    seq: int
    at: datetime


@dataclass(slots=True)
class CheckWallet:
    """A difference that lasts is told once, with its sign; deposits and withdrawals are some."""

    account: str
    clock: Clock
    ledger: Ledger
    balance: Balance | None = None
    sightings: Sightings = field(default_factory=Sightings)

    async def __call__(self, wallet: Decimal) -> None:
        now = self.clock.now()
        here = Balance(wallet, await self.ledger.cursor(self.account), now)
        if self.balance is None:
            self.balance = here
            return
        off = wallet - self.balance.wallet - await self._explained(here.seq, self.balance)
        if abs(off) <= max(LEAST, abs(wallet) * SHARE):
            self.sightings.keep(())
            if here.seq != self.balance.seq and not off:
                self.balance = here
        elif self.sightings.lasts("wallet", off, now, LASTS):
            numbers: dict[str, Number] = {"amount": off, "wallet": wallet}
            kind = NoticeKind.WALLET_DIFFERS
            await self.ledger.commit(Notice(self.account, kind, now, numbers=numbers))
            self.balance = here

    async def _explained(self, seq: int, since: Balance) -> Decimal:
        """What was booked meanwhile. Fills may be dated back."""
        if seq == since.seq:
            return Decimal(0)
        booked = await self.ledger.booked(self.account, since.at - EARLIER)
        lived = (one.activity for one in booked if one.activity.seq > since.seq)
        return sum((_money(activity) for activity in lived), Decimal(0))


def _money(activity: Activity) -> Decimal:
    if isinstance(activity, Fill):
        return activity.realized_pnl - activity.fee
    return activity.amount
