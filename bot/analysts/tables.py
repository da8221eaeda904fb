"""Reads a TOML table key by key, and says where and what is wrong when it is not as it should be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

E = TypeVar("E", bound=StrEnum)

NUMBERS = (Decimal, int)


class Wrong(Exception):
    """`args[0]` is what is wrong, with the key's whole name; it never leaves this package."""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is where it stands in the file. Everything here raises Wrong."""

    name: str
    holds: Mapping[str, object]

    def only(self, *known: str) -> None:
        """A key that nobody reads would look as if it did something."""
        for key in self.holds:
            if key not in known:
                self.wrong(key, f"means nothing; there is {', '.join(known)}")

    def text(self, key: str, otherwise: str | None = None) -> str:
        found = self._found(key, otherwise)
        return found if isinstance(found, str) else self.wrong(key, "must be a text")

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.holds.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong(key, "must be a list of texts")
        return tuple(found)

    def money(self, key: str, otherwise: Decimal | None = None) -> Decimal:
        found = self._found(key, otherwise)
        if not isinstance(found, NUMBERS) or isinstance(found, bool):
            self.wrong(key, "must be a number of US dollars")
        if not (Decimal(found).is_finite() and found >= 0):
            self.wrong(key, "must be 0 or more")
        return Decimal(found)

    def count(self, key: str, otherwise: int, least: int, most: int) -> int:
        found = self.holds.get(key, otherwise)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            self.wrong(key, f"must be a whole number from {least} to {most}")
        return found

    def day(self, key: str) -> date | None:
        found = self.holds.get(key)
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        return self.wrong(key, "must be a day, as in 2026-06-30")

    def one_of(self, key: str, choices: tuple[E, ...], otherwise: E | None = None) -> E:
        found = self._found(key, otherwise)
        for choice in choices:
            if found == choice:
                return choice
        return self.wrong(key, f"must be one of {', '.join(choices)}")

    def table(self, key: str) -> "Table | None":
        return self.inner(key, self.holds[key]) if key in self.holds else None

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list."""
        found = self.holds.get(key, [])
        if not isinstance(found, list):
            self.wrong(key, "must be a list of tables")
        for number, one in enumerate(found, 1):
            yield self.inner(f"{key}[{number}]", one)

    def named(self, key: str) -> dict[str, "Table"]:
        """The tables of a table, by name."""
        inside = self.table(key)
        if inside is None:
            return {}
        return {name: inside.inner(name, one) for name, one in inside.holds.items()}

    def inner(self, key: str, found: object) -> "Table":
        """What stands under a key, as the table it must be."""
        if not isinstance(found, dict):
            self.wrong(key, "must be a table")
        return Table(self._full(key), found)

    def wrong(self, key: str, why: str) -> NoReturn:
        raise Wrong(f"{self._full(key)} {why}")

    def _full(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _found(self, key: str, otherwise: object) -> object:
        found = self.holds.get(key, otherwise)
        return self.wrong(key, "is missing") if found is None else found


def merged(
    under: Mapping[str, object], over: Mapping[str, object], depth: int = 2
) -> dict[str, object]:
    """Both, key by key, and `depth` tables deep; where only one can stand it is what lies over."""
    whole = dict(under)
    for key, new in over.items():
        old = whole.get(key)
        if depth and isinstance(old, dict) and isinstance(new, dict):
            whole[key] = merged(old, new, depth - 1)
        else:
            whole[key] = new
    return whole
