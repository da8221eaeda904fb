"""Why a vault stays shut, in words for its owner. None of them carries a letter of a secret.

VaultError
├── KeyFileRefused    the key file cannot be had, or others could read it
├── VaultLocked       there is no vault yet, or no key for it
├── WrongKey          the key is for another vault
├── VaultChanged      another process has changed it meanwhile
└── Tampered          what lies there is not what the desk has put there
"""

from bot.errors import Stop

NO_VAULT = "there is no vault yet: python -m bot keys init"


class VaultError(Stop):
    """One sentence."""


class KeyFileRefused(VaultError):
    pass


class VaultLocked(VaultError):
    pass


class WrongKey(VaultError):
    def __init__(self) -> None:
        super().__init__("this key does not open this vault: it belongs to another one")


class VaultChanged(VaultError):
    def __init__(self) -> None:
        super().__init__("another process has changed the vault meanwhile: start this again")


class Tampered(VaultError):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} in the vault is damaged, or is not what the desk has put there")
