"""Puts the chat's form for keys together: which accounts, which fields, and who looks at a key."""

from bot.broker.inspecting import InspectKey
from bot.vault.wanted import VENUES
from core.domain.account import Roster
from core.keeping import KeepKey
from core.ports import Vault
from handlers.keys import KeyDesk


def key_desk(roster: Roster, vault: Vault | None) -> KeyDesk:
    """Without an open vault it can only say so."""
    real = tuple(account for account in roster.accounts if not account.is_paper)
    return KeyDesk(real, VENUES, vault, KeepKey(vault, InspectKey()) if vault else None)
