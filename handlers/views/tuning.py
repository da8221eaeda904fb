"""The numbers behind the rules, in words: which changed, from what to what."""

from dataclasses import fields

from core.domain.market import exact
from core.domain.tuning import Tuning
from handlers.views import numbers
from handlers.words import Reader

Change = tuple[str, object, object]


def changed(before: Tuning, after: Tuning) -> list[Change]:
    """Name, old and new of each number that is not the same."""
    return [
        (field.name, getattr(before, field.name), getattr(after, field.name))
        for field in fields(Tuning)
        if getattr(before, field.name) != getattr(after, field.name)
    ]


def word(reader: Reader, name: str) -> str:
    return reader.t(f"tuning.{name}")


def value(reader: Reader, number: object) -> str:
    if isinstance(number, tuple):
        return "+".join(reader.t(f"analyst.{voice}") for voice in number)
    return numbers.amount(exact(number)) if isinstance(number, float) else str(number)


def line(reader: Reader, before: Tuning, after: Tuning) -> str:
    """horizon, candles 48 → 36, quorum 2 → 1"""
    changes = changed(before, after)
    return ", ".join(
        f"{word(reader, name)} {value(reader, old)} → {value(reader, new)}"
        for name, old, new in changes
    )
