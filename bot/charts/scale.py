"""Where the grid lies: round numbers that fit between a low and a high."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.domain.market import Floats

STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Rung:
    """A value with a grid line, and its name in the margin."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What a pane shows from its lower to its upper edge."""

    low: float
    high: float
    rungs: tuple[Rung, ...]


def extent(column: Floats, quantum: float) -> tuple[float, float]:
    """The lowest and highest finite value, at least a few quanta and a thousandth apart."""
    finite = column[np.isfinite(column)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    short = max(4 * quantum, abs(high) * 1e-3) - (high - low)
    return (low - short / 2, high + short / 2) if short > 0 else (low, high)


def rounds(low: float, high: float, most: int, quantum: float = 0.0) -> tuple[float, ...]:
    """At most that many multiples of a round step, which is never finer than the quantum."""
    rough = max((high - low) / most, quantum)
    decade = 10.0 ** math.floor(math.log10(rough))
    step = next(step * decade for step in STEPS if step * decade >= rough * (1 - 1e-9))
    return tuple(n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1))


def decimals(step: float) -> int:
    """How many decimals tell multiples of a step apart."""
    return max(0, math.ceil(-math.log10(step) - 1e-9))


def named(values: tuple[float, ...], name: Callable[[float], str]) -> tuple[Rung, ...]:
    return tuple(Rung(value, name(value)) for value in values)


def money(value: float, digits: int) -> str:
    """A number with thousands and exactly that many decimals; zero has no sign."""
    return f"{value:z,.{digits}f}"
