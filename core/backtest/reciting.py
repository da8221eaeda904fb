"""Does a model read the numbers, or recite a past that it knows? Told by what changes its answers.

Who reads answers a question the same way twice and under any name, turns around when the market is
turned upside down, and changes its mind about a shuffled one. Who recites does none of that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Chance = float | None
Pair = tuple[Chance, Chance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One model's p_up about one symbol at one close; None where it had no view. `repeats` are the
    same question under an alias, again and again.
    """

    repeats: tuple[Chance, ...]
    named: Chance
    flipped: Chance
    shuffled: Chance

    @property
    def said(self) -> Chance:
        return self.repeats[0]


@dataclass(frozen=True, slots=True)
class Effect:
    """Of `n` comparisons: the share that changed sides, and how far p_up moved on average; None where
    there was nothing to compare.
    """

    n: int = 0
    changed: float | None = None
    moved: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recital:
    """What changed one model's answers. `mirrored` is how far p_up and that of the flipped market
    are from adding up to one, on average: 0 for a perfect reader, None where nobody can tell.
    """

    repeated: Effect
    named: Effect
    flipped: Effect
    shuffled: Effect
    mirrored: float | None


def recital(probes: Sequence[Probe]) -> Recital:
    flips = [(probe.said, probe.flipped) for probe in probes]
    return Recital(
        repeated=effect((p.said, again) for p in probes for again in p.repeats[1:]),
        named=effect((probe.said, probe.named) for probe in probes),
        flipped=effect(flips),
        shuffled=effect((probe.said, probe.shuffled) for probe in probes),
        mirrored=_mean([abs(one + other - 1) for one, other in _told(flips)]),
    )


def effect(pairs: Iterable[Pair]) -> Effect:
    """Of a pair that lacks one there is nothing to compare."""
    told = _told(pairs)
    return Effect(
        n=len(told),
        changed=_mean([float((one - 0.5) * (other - 0.5) < 0) for one, other in told]),
        moved=_mean([abs(one - other) for one, other in told]),
    )


def _told(pairs: Iterable[Pair]) -> list[tuple[float, float]]:
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
