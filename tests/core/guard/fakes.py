"""Stand-ins for what the guards ask of the world, and values around an entry."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.intent import Intent
from core.errors import BrokerUnavailable


@dataclass
class FakeReconciliation:
    """Agrees, or not; `agrees_when_asked` is what asking finds out."""

    is_reconciled: bool = True
    agrees_when_asked: bool = True
    asked: int = 0

    async def __call__(self) -> None:
        self.asked += 1
        self.is_reconciled = self.agrees_when_asked


@dataclass
class FakeSent:
    """Remembers what a test has sent."""

    left: list[Intent] = field(default_factory=list)

    async def since(self, account: str, moment: datetime) -> tuple[Intent, ...]:
        return tuple(
            one
            for one in self.left
            if one.account == account and one.sent_at and one.sent_at >= moment
        )


@dataclass
class FakeTransfers:
    """Money that a test has moved, with its time."""

    made: list[tuple[datetime, Decimal]] = field(default_factory=list)
    silent: bool = False
    lag: timedelta = timedelta(0)

    async def moved(self, start: datetime, end: datetime) -> Decimal:
        if self.silent:
            raise BrokerUnavailable
        return sum((m for at, m in self.made if start <= at < end), Decimal(0))


@dataclass
class FakeJumps:
    by: timedelta = timedelta()

    def jumped(self) -> timedelta:
        return self.by


@dataclass
class FakeDisk:
    bytes: int | None = 10**12

    def free(self) -> int | None:
        return self.bytes
