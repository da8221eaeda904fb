"""Opens an account straight at its venue, for as long as somebody at a console needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.broker.broker import CcxtBroker
from bot.broker.opening import open_broker
from bot.broker.ports import Diary
from bot.errors import WrongSetting
from bot.exchanges.contracts import contracts
from bot.exchanges.opening import Adjust
from bot.exchanges.venues import venue_named
from bot.rescue.listing import Listing
from core.domain.account import DeskAccount
from core.domain.secret import Credential
from core.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How one gets to the venues from here; a test bends the clients."""

    clock: Clock
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    adjust: Adjust | None = None

    async def open(self, account: DeskAccount, market: Listing, diary: Diary) -> CcxtBroker:
        """Close it with `aclose`; then `market` knows what is listed. Raises Stop."""
        credential = self.credentials.get(account.name)
        if credential is None:
            raise WrongSetting(lacking(account))
        venue = venue_named(account.venue)
        broker = await open_broker(account, credential, self.clock, market, diary, self.adjust)
        client = broker.wire.client
        market.known.update(contracts(client.markets, venue, client.precisionMode))
        return broker


def lacking(account: DeskAccount) -> str:
    how = f"python -m bot keys add {account.venue} --account {account.name}"
    return f"it has no key that can be read; {how}"
