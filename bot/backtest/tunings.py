"""NAME=VALUE on the command line becomes the numbers behind the desk's rules."""

import math
from collections.abc import Iterable
from dataclasses import fields, replace

from bot.errors import WrongQuestion
from core.domain.tuning import STANDARD, VOICES, Tuning

NAMES = tuple(field.name for field in fields(Tuning))
LARGEST = 1_000_000
Value = int | float | tuple[str, ...]


def tuned(changes: Iterable[tuple[str, str]], start: Tuning = STANDARD) -> Tuning:
    """`start` with these fields changed. Raises WrongQuestion for a name or value that is none."""
    values = {name: _value(name, text) for name, text in changes}
    try:
        return replace(start, **values)  # type: ignore[arg-type] # _value keeps to the field's type
    except ValueError as reason:
        raise WrongQuestion(f"--set: {reason}") from None


def _value(name: str, text: str) -> Value:
    if name not in NAMES:
        raise WrongQuestion(f"--set: there is no {name!r}; there are {', '.join(NAMES)}")
    kind = type(getattr(STANDARD, name))
    if kind is tuple:
        return _voices(text)
    try:
        number: int | float = kind(text)
    except ValueError:
        number = math.nan
    if not abs(number) < LARGEST:
        raise WrongQuestion(f"--set: {name} is {_words(kind)}, not {text!r}")
    return number


def _words(kind: type) -> str:
    return f"a {'whole ' if kind is int else ''}number below {LARGEST:,}"


def _voices(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    unknown = [word for word in named if word not in VOICES]
    if unknown or not named:
        raise WrongQuestion(f"--set: voices are some of {', '.join(VOICES)}, not {text!r}")
    return named
