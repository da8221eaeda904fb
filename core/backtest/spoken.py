"""What a person types about a search: the space, and what counts as good enough.

Each raises ValueError with a sentence for whoever typed it.
"""

import math
import re

from core.backtest.objectives import Aim, Constraint, must_exist
from core.backtest.space import NAMES, USUAL, WHOLE, Choice, Dimension, Range, Value

SHAPE = "NAME=LOW..HIGH:STEP or NAME=A,B,C"
BOUND = re.compile(r"^\s*(?P<name>\w+)\s*(?P<sign><=|>=)\s*(?P<bound>[-+.\w]+%?)\s*$")
SPAN = re.compile(r"^(?P<low>[^:]+?)\.\.(?P<high>[^:]+?)(:(?P<step>.+))?$")


def dimension(text: str) -> Dimension:
    """`horizon=12..96:12`, `quorum=1,2`, or `horizon` alone for its usual range."""
    name, equals, rest = (part.strip() for part in text.partition("="))
    if name not in NAMES:
        raise ValueError(f"there is no {name!r} to search; there are {', '.join(NAMES)}")
    if not equals:
        return USUAL[name]
    if not rest:
        raise ValueError(f"{text!r} is not {SHAPE}")
    if name != "voices" and (span := SPAN.match(rest)):
        return _range(name, span)
    words = [word.strip() for word in rest.split(",")]
    return Choice(name, tuple(_value(name, word) for word in words))


def constraint(text: str) -> Constraint:
    """`drawdown<=0.05`, `drawdown<=5%`, `trades>=30`."""
    said = BOUND.match(text)
    if said is None:
        raise ValueError(f"{text!r} is not a bound such as drawdown<=0.05 or trades>=30")
    must_exist(said["name"])
    try:
        number = _finite(said["bound"].removesuffix("%"))
    except ValueError:
        raise ValueError(f"{said['bound']!r} in {text!r} is not a number") from None
    bound = number / 100 if said["bound"].endswith("%") else number
    return Constraint(said["name"], bound, said["sign"] == "<=")


def objectives(text: str) -> tuple[str, ...]:
    """`sharpe`, or several: `return,drawdown`."""
    return Aim(tuple(name.strip() for name in text.split(",") if name.strip())).objectives


def _range(name: str, span: re.Match[str]) -> Range:
    low, high = (_number(name, span[end]) for end in ("low", "high"))
    step = _number(name, span["step"]) if span["step"] else None
    return Range(name, low, high, step)


def _value(name: str, word: str) -> Value:
    if name == "voices":
        return word
    return _number(name, word)


def _number(name: str, word: str) -> int | float:
    try:
        return int(word) if name in WHOLE else _finite(word)
    except ValueError:
        kind = "a whole number" if name in WHOLE else "a number"
        raise ValueError(f"{name} is {kind}, not {word!r}: {SHAPE}") from None


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number
