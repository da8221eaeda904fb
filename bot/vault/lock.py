"""The lock before the vault: a master key wraps the data key, so that either can be changed alone."""

import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from bot.vault.errors import WrongKey
from bot.vault.sealing import Key
from bot.vault.stretching import Stretch, stretched
from core.domain.secret import Secret

SALT = 16


class Kind(StrEnum):
    """Where the words of the master key come from; typed ones need a person after each reboot."""

    FILE = "file"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class DataKey:
    """What every field is sealed with; a new one is the next generation."""

    generation: int
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    kind: Kind
    generation: int
    stretch: Stretch
    salt: bytes
    proof: bytes
    wrapped: bytes


def first_key() -> DataKey:
    return DataKey(1, Key.fresh())


def next_key(data: DataKey) -> DataKey:
    return DataKey(data.generation + 1, Key.fresh())


def lock_with(words: Secret, kind: Kind, data: DataKey, how: Stretch) -> Lock:
    """Each time with a new salt."""
    salt = secrets.token_bytes(SALT)
    master = stretched(words, salt, how)
    return Lock(
        kind=kind,
        generation=data.generation,
        stretch=how,
        salt=salt,
        proof=master.proof,
        wrapped=master.wraps.seal(data.key.raw, _label(kind, data.generation)),
    )


def unlock(lock: Lock, words: Secret) -> DataKey:
    """Raises WrongKey, or Tampered where the words are right and the lock is not."""
    master = stretched(words, lock.salt, lock.stretch)
    if not hmac.compare_digest(master.proof, lock.proof):
        raise WrongKey
    raw = master.wraps.unseal(lock.wrapped, _label(lock.kind, lock.generation))
    return DataKey(lock.generation, Key(raw))


def _label(kind: Kind, generation: int) -> str:
    return f"the lock|{kind}|{generation}"
