"""The keys of models and accounts that a starting process has from its vault. One that stays shut stops nobody."""

import logging
from asyncio import to_thread
from functools import partial

from pydantic import SecretStr

from bot.analysts.access import Keys
from bot.analysts.team import lacking
from bot.settings import DATABASE_FILE, Settings, database_url, systemd_credentials
from bot.storage.database import Database
from bot.storage.opening import opened
from bot.vault.errors import NO_VAULT, VaultError, VaultLocked
from bot.vault.finding import Ask, Opened, Places, open_lock
from bot.vault.kept import Kept
from bot.vault.lock import Kind, Lock
from bot.vault.terminal import ask, someone_is_there
from bot.vault.vault import SqlVault, lock_of
from bot.vault.wanted import DESK
from core.domain.secret import Field
from core.ports import Vault

PROMPT = "Passphrase of the vault: "

logger = logging.getLogger(__name__)


def places_of(settings: Settings) -> Places:
    return Places(settings.key_file.expanduser(), systemd_credentials())


async def kept_for(database: Database, settings: Settings) -> Kept:
    """Nothing, and a warning, where the vault cannot be opened.

    It is left alone where the environment has every key that the profile wants, and all is paper.
    """
    real = [account for account in settings.account_list if not account.is_paper]
    try:
        vault = await _vault(database, settings) if real or lacking(settings) else None
        if vault is None:
            return Kept()
        keys = await provider_keys(vault) if lacking(settings) else {}
        found = [await vault.get(account.name, account.venue) for account in real]
        return Kept(keys, {one.account: one for one in found if one is not None}, vault)
    except VaultError as reason:
        logger.warning("the keys in the vault are not used: %s", reason)
        return Kept()


async def open_vault(database: Database, settings: Settings) -> SqlVault:
    """Raises VaultError, also where there is none."""
    vault = await _vault(database, settings)
    if vault is None:
        raise VaultLocked(NO_VAULT)
    return vault


async def stored_keys(database: Database, settings: Settings) -> Keys:
    """Those of models alone, by provider's name."""
    return (await kept_for(database, settings)).keys if lacking(settings) else {}


async def _vault(database: Database, settings: Settings) -> SqlVault | None:
    """None where nobody has made one. Raises VaultError."""
    lock = await lock_of(database)
    if lock is None:
        return None
    asking = partial(ask, PROMPT) if someone_is_there() else None
    return SqlVault(database, (await _open(lock, places_of(settings), asking)).data)


async def keys_of_settings(settings: Settings) -> Keys:
    """For a tool beside the desk: nothing where there is no ledger yet, and none is made."""
    if not settings.database_url and not (settings.data_dir / DATABASE_FILE).exists():
        return {}
    async with opened(database_url(settings.database_url, settings.data_dir)) as database:
        return await stored_keys(database, settings)


async def provider_keys(vault: Vault) -> Keys:
    """Raises VaultError."""
    kept = [one for one in await vault.list() if one.account == DESK]
    return {
        one.venue: SecretStr(one.fields[Field.KEY.value].reveal())
        for one in kept
        if Field.KEY.value in one.fields
    }


async def _open(lock: Lock, places: Places, asking: Ask | None) -> Opened:
    """Files in a thread, as it takes a while; a person in none, so that Ctrl+C is heard."""
    if lock.kind is Kind.TYPED:
        return open_lock(lock, places, asking)
    return await to_thread(open_lock, lock, places, None)
