"""Seals bytes so that they open only with the same key and under the same label (AES-256-GCM)."""

import secrets
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.errors import Tampered

BYTES, NONCE = 32, 12


@dataclass(frozen=True, slots=True)
class Key:
    """256 bits."""

    raw: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        return cls(secrets.token_bytes(BYTES))

    def seal(self, plain: bytes, label: str) -> bytes:
        """Each time with a new nonce, which stands before what it seals."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.raw).encrypt(nonce, plain, label.encode())

    def unseal(self, sealed: bytes, label: str) -> bytes:
        """Raises Tampered for any other key, label or letter."""
        nonce, rest = sealed[:NONCE], sealed[NONCE:]
        try:
            return AESGCM(self.raw).decrypt(nonce, rest, label.encode())
        except (InvalidTag, ValueError):
            raise Tampered(label) from None
