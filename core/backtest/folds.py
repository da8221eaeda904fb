"""Where to learn and where to be judged: stretches of time that keep their distance.

Spans hold their start and not their end, so that neighbours share no moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

NOTHING = timedelta(0)
GRID = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a span must end after it starts, not {self.start}..{self.end}")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Fold:
    """Learn on `train`, then be judged on `test`, which comes later."""

    train: Span
    test: Span


@dataclass(frozen=True, slots=True)
class PurgedFold:
    """Learn on what lies before and after `test`, at a distance: one span or two."""

    test: Span
    train: tuple[Span, ...]


def walk_forward(
    start: datetime,
    end: datetime,
    train: timedelta,
    test: timedelta,
    step: timedelta | None = None,
    *,
    anchored: bool = False,
    gap: timedelta = NOTHING,
) -> tuple[Fold, ...]:
    """Windows that move by `step` (a test's length, unless said) as far as the stretch reaches.

    `gap` separates each train span from its test span: no less than a trade lives. An anchored
    train span always begins at `start` and grows. The last test ends with the stretch and may be
    shorter; a stretch too short for any gives no folds. Raises ValueError for lengths that are
    not positive, and for a step that would let tests overlap.
    """
    stride = test if step is None else step
    if min(train, test) <= NOTHING or gap < NOTHING:
        raise ValueError("train and test need a length, and a gap is not negative")
    if stride < test:
        raise ValueError("tests would overlap: a step is at least as long as a test")
    folds = []
    judged = start + train + gap
    while judged < end:
        begun = start if anchored else judged - gap - train
        folds.append(Fold(Span(begun, judged - gap), Span(judged, min(judged + test, end))))
        judged += stride
    return tuple(folds)


def purged_folds(start: datetime, end: datetime, k: int, gap: timedelta) -> tuple[PurgedFold, ...]:
    """Cut the stretch into k tests, on whole minutes from `start`; learn on the rest, but `gap`.

    What is learnt from before a test is purged of trades that reach into it, what comes after is
    kept clear of what the test still moves. Lopez de Prado (2018), "Advances in Financial Machine
    Learning", chapter 7. Raises ValueError where a fold would have nothing to learn from or
    nothing to be judged on.
    """
    if k < 2 or gap < NOTHING:
        raise ValueError("two folds at least, and a gap that is not negative")
    cuts = [start + (end - start) * i // k // GRID * GRID for i in range(k)] + [end]
    return tuple(
        PurgedFold(Span(*test), _around(start, end, test, gap)) for test in pairwise(cuts)
    )


def _around(
    start: datetime, end: datetime, test: tuple[datetime, datetime], gap: timedelta
) -> tuple[Span, ...]:
    sides = ((start, test[0] - gap), (test[1] + gap, end))
    train = tuple(Span(*side) for side in sides if side[0] < side[1])
    if not train:
        raise ValueError(f"a gap of {gap} leaves nothing to learn from")
    return train
