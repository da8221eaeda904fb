"""Words that must not be read by accident: what a key is made of, and whose it is."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

LONG_ENOUGH, SHOWN, LONGEST_PREFIX = 20, 4, 4
LONGEST_NAME = 64


class Secret:
    """A text that shows itself only where it is asked to; it can be neither printed nor pickled."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The only way to it, so that one search finds everybody who reads one."""
        return self._text

    @property
    def tail(self) -> str:
        """As much as tells two keys apart: sk-…a1b2; nothing of a short one."""
        if len(self._text) < LONG_ENOUGH:
            return "…"
        prefix, dash, _ = self._text.partition("-")
        known = dash and len(prefix) <= LONGEST_PREFIX and prefix.isalpha()
        return f"{prefix if known else ''}{dash if known else ''}…{self._text[-SHOWN:]}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._text), _bytes(other._text))

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not copied out of the process")


class Field(StrEnum):
    """`KEY` is the half that may be known; its end is shown."""

    KEY = "key"
    SECRET = "secret"  # noqa: S105 - a name
    PASSPHRASE = "passphrase"  # noqa: S105 - likewise


@dataclass(frozen=True, slots=True)
class Credential:
    """All that one account needs at one venue, or the desk at one provider of models."""

    account: str
    venue: str
    fields: Mapping[str, Secret]

    def __post_init__(self) -> None:
        for name in (self.account, self.venue, *self.fields):
            must_be_a_name(name)
        if not self.fields:
            raise ValueError("a credential has at least one field")


def must_be_a_name(name: str) -> None:
    """Names stand beside each other with a stroke between them, so they have none inside."""
    if not 0 < len(name) <= LONGEST_NAME or "|" in name or not name.isprintable():
        raise ValueError("a name here has 1 to 64 visible letters and no stroke")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
