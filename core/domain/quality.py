"""How far the numbers of a market can be trusted just now, and what speaks against them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Grade(StrEnum):
    """From good to bad. With `stale` or `broken` numbers nobody enters."""

    OK = "ok"
    THIN = "thin"
    STALE = "stale"
    BROKEN = "broken"

    @property
    def rank(self) -> int:
        return list(Grade).index(self)

    @property
    def admits(self) -> bool:
        return self in {Grade.OK, Grade.THIN}


class Fault(StrEnum):
    """What is wrong; each is a key of the locales."""

    EMPTY = "empty"
    SHORT = "short"
    NOT_FINITE = "not_finite"
    LATE_CANDLE = "late_candle"
    OLD_PRICE = "old_price"
    GAP = "gap"
    SILENT = "silent"
    SKEW = "skew"
    DIVERGENCE = "divergence"
    OUTLIER = "outlier"
    LATE_FUNDING = "late_funding"
    ELSEWHERE = "elsewhere"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, how bad it is, and its size: seconds, candles or a fraction, as the fault has it."""

    fault: Fault
    grade: Grade
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything found about one symbol. `accuracy` is the share of compared candles (0..1) that a
    second venue tells the same way, None where nothing was compared.
    """

    findings: tuple[Finding, ...] = ()
    age: timedelta | None = None
    accuracy: float | None = None

    @property
    def grade(self) -> Grade:
        """As bad as the worst finding."""
        grades = (finding.grade for finding in self.findings)
        return max(grades, key=lambda grade: grade.rank, default=Grade.OK)

    @property
    def worst(self) -> Finding | None:
        return max(self.findings, key=lambda finding: finding.grade.rank, default=None)


FLAWLESS = Quality()
