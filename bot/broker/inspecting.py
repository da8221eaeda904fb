"""What a key may do, in the desk's own words, and asked only where there is a real account."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.domain.account import DeskAccount
from core.domain.rights import Proof, Rights
from core.domain.secret import Credential


@dataclass(frozen=True, slots=True)
class InspectKey:
    """`core.ports.Inspector` over ccxt. `adjust` may change its client before the first word."""

    adjust: Callable[[Any], object] | None = None

    async def __call__(self, account: DeskAccount, credential: Credential) -> Rights:
        """Raises BrokerUnavailable."""
        from bot.broker.permissions import (  # noqa: PLC0415 - ccxt
            Forbidden,
            Proven,
            permissions_of,
        )

        found = await permissions_of(account, credential, self.adjust)
        match found:
            case Proven():
                return Rights(proof=Proof.TRADES_ONLY, trades=found.trades, bound=found.bound)
            case Forbidden():
                return Rights(proof=Proof.FORBIDDEN, too_much=found.rights, bound=found.bound)
        return Rights(proof=Proof.UNPROVEN)
