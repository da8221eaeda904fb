"""What a starting desk has from its vault. Costs no cryptography to speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.analysts.access import Keys
from core.domain.secret import Credential
from core.ports import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """Keys of models by provider, `credentials` by the names of accounts; the `vault` if it is open."""

    keys: Keys = field(default_factory=dict)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    vault: Vault | None = field(default=None, compare=False)
