"""Does the money add up? Fills, fees and funding explain a wallet, or somebody should look at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.ledger import Booked
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trading import Fill
from core.execution.sightings import Sightings
from core.ports import Clock, Ledger

LASTS = timedelta(seconds=30)
LEAST, SHARE = Decimal(1), Decimal("0.0005")
EARLIER = timedelta(hours=1)


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
        booked = await self.ledger.booked(self.account, self.balance.at - EARLIER)
        off = wallet - self.balance.wallet - _explained(booked, self.balance.seq)
        if abs(off) <= max(LEAST, abs(wallet) * SHARE):
            self.sightings.keep(())
            if here.seq != self.balance.seq and not off:
                self.balance = here
        elif self.sightings.lasts("wallet", off, now, LASTS):
            numbers: dict[str, Number] = {"amount": off, "wallet": wallet}
            kind = NoticeKind.WALLET_DIFFERS
            await self.ledger.commit(Notice(self.account, kind, now, numbers=numbers))
            self.balance = here


def _explained(booked: Sequence[Booked], after: int) -> Decimal:
    lived = [one.activity for one in booked if one.activity.seq > after]
    return sum(
        (a.realized_pnl - a.fee if isinstance(a, Fill) else a.amount for a in lived), Decimal(0)
    )
