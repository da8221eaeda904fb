"""What the guards ask of the world outside."""

from datetime import datetime, timedelta
from typing import Protocol

from core.domain.intent import Intent


class Reconciled(Protocol):
    """Does the ledger agree with the venue?"""

    @property
    def is_reconciled(self) -> bool: ...


class Reconciliation(Reconciled, Protocol):
    """The same, and it can be made sure of now."""

    async def __call__(self) -> object: ...


class Sent(Protocol):
    """What has left for a venue lately?"""

    async def since(self, account: str, moment: datetime) -> tuple[Intent, ...]:
        """Every intent that was sent at that moment or later, oldest first."""
        ...


class Jumps(Protocol):
    """How far has the machine's clock moved beside the time that really passed, since last asked?"""

    def jumped(self) -> timedelta: ...


class Disk(Protocol):
    """How many bytes are left where the ledger lives?"""

    def free(self) -> int | None:
        """None where it cannot be told: that is not an empty disk."""
        ...


class _Agreed:
    """A broker that lives in the ledger cannot disagree with it."""

    @property
    def is_reconciled(self) -> bool:
        return True

    async def __call__(self) -> None:
        return None


AGREED = _Agreed()
