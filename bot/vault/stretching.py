"""Makes a master key of a file's or a person's words, at a price that guessing cannot pay (Argon2id)."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.vault.errors import Tampered, VaultLocked
from bot.vault.sealing import BYTES, Key
from core.domain.secret import Secret

MOST_MEMORY, MOST_PASSES, MOST_LANES = 2**21, 100, 64


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one guess costs; `memory` in KiB. Kept beside the salt, so that it may change."""

    memory: int = 65_536
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        lanes, passes = 0 < self.lanes <= MOST_LANES, 0 < self.passes <= MOST_PASSES
        if not (lanes and passes and 8 * self.lanes <= self.memory <= MOST_MEMORY):
            raise ValueError("no such way to stretch a key")


USUAL = Stretch()


@dataclass(frozen=True, slots=True)
class Master:
    """`wraps` the data key; `proof` tells the right words from wrong ones, and nothing more."""

    wraps: Key
    proof: bytes


def stretched(words: Secret, salt: bytes, how: Stretch) -> Master:
    """Raises VaultLocked where the machine lacks the memory."""
    argon = Argon2id(
        salt=salt,
        length=BYTES,
        iterations=how.passes,
        lanes=how.lanes,
        memory_cost=how.memory,
    )
    try:
        root = argon.derive(words.reveal().encode("utf-8", "surrogatepass"))
    except MemoryError:
        raise VaultLocked(f"opening the vault takes {how.memory // 1024} MiB of memory") from None
    return Master(Key(_part(root, b"wrap")), _part(root, b"proof"))


def stretch_of(memory: int, passes: int, lanes: int) -> Stretch:
    """As it was kept. Raises Tampered for numbers that the desk has not written."""
    try:
        return Stretch(memory, passes, lanes)
    except ValueError:
        raise Tampered("the lock") from None


def _part(root: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(SHA256(), BYTES, b"nightdesk " + purpose).derive(root)
