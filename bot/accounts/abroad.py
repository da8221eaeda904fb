"""Opens a real account over ccxt, which is imported only where there is one."""

from bot.accounts.opening import OpenBroker
from bot.storage.database import Database
from core.domain.account import DeskAccount
from core.domain.secret import Credential
from core.ports import Clock, MarketData


async def open_account(
    account: DeskAccount,
    credential: Credential,
    clock: Clock,
    market: MarketData,
    database: Database,
) -> OpenBroker:
    """Raises WrongSetting, VenueUnavailable."""
    from bot.broker.opening import open_broker  # noqa: PLC0415 - ccxt
    from bot.storage.diary import SqlDiary  # noqa: PLC0415 - likewise

    broker: OpenBroker = await open_broker(account, credential, clock, market, SqlDiary(database))
    return broker
