"""Finds the key of a vault: in systemd's credentials, in the key file, or in a person's memory."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.vault.errors import VaultLocked, WrongKey
from bot.vault.key_file import arrive, coming, read_key_file
from bot.vault.lock import DataKey, Kind, Lock, unlock
from core.domain.secret import Secret

CREDENTIAL = "nightdesk-key"

Ask = Callable[[], Secret]


@dataclass(frozen=True, slots=True)
class Places:
    """`credentials` is the folder that systemd has made for this process, if it has."""

    key_file: Path
    credentials: Path | None = None

    @property
    def credential(self) -> Path | None:
        return self.credentials / CREDENTIAL if self.credentials else None

    def words(self) -> Iterator[tuple[Path, Secret]]:
        """All there are, in the order in which they are tried."""
        for path in filter(None, (self.credential, self.key_file, coming(self.key_file))):
            words = read_key_file(path, guarded=path == self.credential)
            if words is not None:
                yield path, words


@dataclass(frozen=True, slots=True)
class Opened:
    """A lock, the words that open it, and what was behind it; `path` where they lay in a file."""

    lock: Lock
    words: Secret
    data: DataKey
    path: Path | None = None


def open_lock(lock: Lock, places: Places, ask: Ask | None) -> Opened:
    """Raises VaultError; without `ask` nobody is there to type."""
    if lock.kind is Kind.FILE:
        return _with_files(lock, places)
    if ask is None:
        raise VaultLocked("the vault opens with a passphrase, and nobody is here to type it")
    words = same_everywhere(ask())
    return Opened(lock, words, unlock(lock, words))


def same_everywhere(words: Secret) -> Secret:
    """Keyboards write 한 in one piece or in three; the key must be the same."""
    return Secret(unicodedata.normalize("NFC", words.reveal()))


def _with_files(lock: Lock, places: Places) -> Opened:
    tried = False
    for path, words in places.words():
        tried = True
        try:
            opened = Opened(lock, words, unlock(lock, words), path)
        except WrongKey:
            continue
        if path == coming(places.key_file):
            arrive(places.key_file)
        return opened
    if tried:
        raise WrongKey
    raise VaultLocked(
        f"the key of the vault is not there: neither {places.key_file} (KEY_FILE)"
        f" nor systemd's credential {CREDENTIAL}"
    )
