"""Who opens a real account, and which accounts of the settings come in at all."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.errors import WrongSetting
from bot.storage.database import Database
from core.domain.account import ON_PAPER, DeskAccount, Roster
from core.domain.market import Origin
from core.domain.secret import Credential
from core.ports import Broker, Clock, MarketData, Transfers

logger = logging.getLogger(__name__)


class OpenBroker(Broker, Transfers, Protocol):
    """A broker that tells of transfers, and has to be closed."""

    async def aclose(self) -> None: ...


class BrokerOpener(Protocol):
    """Who opens the account where it lies? Raises Stop, also when its venue is away."""

    async def __call__(self, account: DeskAccount, market: MarketData) -> OpenBroker: ...


class AccountOpener(Protocol):
    """The same, for whoever has to be given everything."""

    async def __call__(
        self,
        account: DeskAccount,
        credential: Credential,
        clock: Clock,
        market: MarketData,
        database: Database,
    ) -> OpenBroker: ...


@dataclass(frozen=True, slots=True)
class WithKeys:
    """A `BrokerOpener` that has the keys at hand."""

    opens: AccountOpener
    credentials: Mapping[str, Credential]
    clock: Clock
    database: Database

    async def __call__(self, account: DeskAccount, market: MarketData) -> OpenBroker:
        credential = self.credentials[account.name]
        return await self.opens(account, credential, self.clock, market, self.database)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who is in, and who stays out."""

    roster: Roster
    shut: tuple[DeskAccount, ...] = ()


def admitted(wanted: Roster, origin: Origin, credentials: Mapping[str, Credential]) -> Admitted:
    """Whoever stays out is named with the reason, and the others go on.

    Raises WrongSetting where nobody is left.
    """
    lives = origin is Origin.LIVE
    reasons = {a: _why_not(a, credentials, lives=lives) for a in wanted.accounts}
    for account, reason in reasons.items():
        if reason:
            logger.warning("%s stays out: %s", account.name, reason)
    inside = tuple(account for account, reason in reasons.items() if not reason)
    shut = tuple(account for account, reason in reasons.items() if reason)
    if inside or not lives:
        return Admitted(Roster(inside) if inside else ON_PAPER, shut if lives else ())
    raise WrongSetting(f"ACCOUNTS: none can be opened; {shut[0].name}: {reasons[shut[0]]}")


def _why_not(account: DeskAccount, credentials: Mapping[str, Credential], *, lives: bool) -> str:
    if account.is_paper:
        return ""
    if not lives:
        return "in a market that is recorded or made up there is only paper"
    if account.name not in credentials:
        venue, name = account.venue, account.name
        return f"it has no key; python -m bot keys add {venue} --account {name}"
    return ""
