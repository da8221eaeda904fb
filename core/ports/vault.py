"""What the desk asks of whoever keeps its keys."""

from typing import Protocol

from core.domain.account import DeskAccount
from core.domain.rights import Rights
from core.domain.secret import Credential


class Vault(Protocol):
    """Which keys has the owner given the desk? Each call is one durable transaction.

    What comes back is what was put, letter for letter, or the call raises: never something else.
    """

    async def put(self, credential: Credential) -> None:
        """All of it takes the place of all that was there for this account and venue."""
        ...

    async def get(self, account: str, venue: str) -> Credential | None: ...

    async def list(self) -> tuple[Credential, ...]:
        """Everything, in the order of accounts, then venues."""
        ...

    async def remove(self, account: str, venue: str) -> bool:
        """False where there was none."""
        ...


class Inspector(Protocol):
    """What may somebody do who has this key?"""

    async def __call__(self, account: DeskAccount, credential: Credential) -> Rights:
        """Raises BrokerUnavailable; KeyRefused where the venue does not know the key."""
        ...
