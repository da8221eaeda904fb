"""The keys of accounts for whoever cannot wait for a desk: out of the vault in the ledger."""

from collections.abc import Iterable, Mapping

from bot.settings import Settings
from bot.storage.database import Database
from bot.vault.start import open_vault
from core.domain.account import DeskAccount
from core.domain.secret import Credential


async def keys_of(
    accounts: Iterable[DeskAccount], database: Database, settings: Settings
) -> Mapping[str, Credential]:
    """By the names of accounts; nobody is asked for where all is paper. Raises VaultError."""
    real = [account for account in accounts if not account.is_paper]
    if not real:
        return {}
    vault = await open_vault(database, settings)
    found = [await vault.get(account.name, account.venue) for account in real]
    return {kept.account: kept for kept in found if kept is not None}
