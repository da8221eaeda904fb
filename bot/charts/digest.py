"""Are two pictures the same? Their digests say so without drawing either."""

import hashlib
from dataclasses import fields, is_dataclass

import numpy as np


def digest(value: object) -> str:
    """Sixteen bytes of hex over everything that a picture shows."""
    content = hashlib.blake2b(digest_size=16)
    _feed(value, content)
    return content.hexdigest()


def _feed(value: object, content: "hashlib.blake2b") -> None:
    if isinstance(value, np.ndarray):
        _say(f"{value.dtype}{value.shape}", content)
        content.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, tuple):
        _say(f"tuple {len(value)}", content)
        for part in value:
            _feed(part, content)
    elif is_dataclass(value):
        _say(type(value).__name__, content)
        for field in fields(value):
            _feed(getattr(value, field.name), content)
    else:
        _say(repr(value), content)


def _say(words: str, content: "hashlib.blake2b") -> None:
    """Each part carries its length, so that two parts can never read as one."""
    part = words.encode()
    content.update(len(part).to_bytes(4, "big") + part)
