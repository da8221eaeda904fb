"""Reads JSON that somebody else wrote and that may be anything."""

import json
from collections.abc import Mapping
from typing import Protocol

Body = Mapping[str, object]

MOST = 1_000_000_000


class Text(Protocol):
    """What came over the line."""

    @property
    def text(self) -> str: ...


class Raw(Protocol):
    """An answer that the provider's library has not read yet."""

    @property
    def http_response(self) -> Text: ...


def body_of(text: str) -> Body | None:
    """The object that it is; None where it is something else, or nothing at all."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def inside(found: object, *keys: str) -> object:
    """What lies behind the keys, if anything does."""
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def table(found: object) -> Body:
    return found if isinstance(found, Mapping) else {}


def tables(found: object) -> list[Body]:
    """The objects of a list."""
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def text(found: object) -> str:
    return found if isinstance(found, str) else ""


def count(found: object) -> int | None:
    """A number of things that can be."""
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MOST:
        return found
    return None
