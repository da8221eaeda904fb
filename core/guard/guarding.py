"""The guard's round: ask every watch, stop the account for what was found, and say it once."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.domain.people import AccountSettings
from core.domain.restraint import Cause
from core.errors import DeskError
from core.guard.restraining import RestrainTrading
from core.ports import Ledger

Watch = Callable[[AccountSettings], Awaitable[Sequence[Cause]]]


@dataclass(frozen=True, slots=True)
class Guard:
    """One account's watches. One that cannot look just now has seen nothing, and stops no other."""

    account: str
    ledger: Ledger
    watches: tuple[Watch, ...]
    restrain: RestrainTrading

    async def __call__(self) -> tuple[Cause, ...]:
        """What the watches have found, whether it was known before or not."""
        settings = await self.ledger.settings(self.account)
        found: list[Cause] = []
        for watch in self.watches:
            with suppress(DeskError):
                found += await watch(settings)
        await self.restrain(found)
        return tuple(found)
