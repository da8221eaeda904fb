"""How good is a series? Facts first, then a grade, with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.market.report import Gap
from core.domain.history import Kind
from core.domain.market import Timeframe

FEW_MISSING = 0.01
FEW_REFUSED = 0.001
FEW_SILENT = 0.01
FEW_JUMPS = 0.001
IMPOSSIBLE = 0.3
AGREEING, HARDLY_AGREEING = 0.99, 0.95


class Grade(StrEnum):
    """From the best to the worst."""

    OK = "ok"
    THIN = "thin"
    STALE = "stale"
    BROKEN = "broken"


class Reason(StrEnum):
    """Why a grade is not better."""

    MISSING_MUCH = "missing_much"
    MISSING = "missing"
    WRONG_MUCH = "wrong_much"
    WRONG = "wrong"
    LEAPS = "leaps"
    DIFFERS = "differs"
    DIFFERS_OFTEN = "differs_often"
    OLD = "old"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Candles in a row, from the first one's open on."""

    start: datetime
    candles: int


@dataclass(frozen=True, slots=True)
class Jump:
    """By how much, as a fraction, a candle leaves those beside it, or a wick its own candle."""

    time: datetime
    change: float


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where traded and mark price were far apart, and by what fraction of the mark."""

    time: datetime
    last: float
    mark: float

    @property
    def share(self) -> float:
        return self.last / self.mark - 1


@dataclass(frozen=True, slots=True)
class Compared:
    """With another venue: of the candles that both have, how many closes lie within a tenth of
    a percent, and which lie furthest apart.
    """

    venue: str
    shared: int
    agreeing: float
    furthest: Jump | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What is true of one series. `repeated` and `refused` rows were left out when it was read;
    `conflicts` are told differently by two rows.
    """

    venue: str
    symbol: str
    kind: Kind
    timeframe: Timeframe | None
    first: datetime
    last: datetime
    rows: int
    gaps: tuple[Gap, ...] = ()
    repeated: int = 0
    refused: int = 0
    conflicts: int = 0
    silent: tuple[Stretch, ...] = ()
    jumps: tuple[Jump, ...] = ()
    late: int = 0
    latest: int = 0
    divergences: tuple[Divergence, ...] = ()
    compared: Compared | None = None
    age: timedelta | None = None

    @property
    def missing(self) -> int:
        return sum(gap.missing for gap in self.gaps)

    @property
    def longest(self) -> Gap | None:
        return max(self.gaps, key=lambda gap: gap.missing, default=None)

    @property
    def silent_candles(self) -> int:
        return sum(stretch.candles for stretch in self.silent)

    @property
    def _leaps(self) -> bool:
        """News has moved a whole candle and back by a tenth; by a third, or often, is a fault."""
        many = len(self.jumps) > FEW_JUMPS * self.rows
        return many or any(abs(jump.change) > IMPOSSIBLE for jump in self.jumps)

    def reasons(self, most: timedelta | None) -> Sequence[tuple[Grade, Reason]]:
        """Why it is not ok; nothing is too old where no `most` is said."""
        whole = self.rows + self.missing
        agreeing = self.compared.agreeing if self.compared else 1.0
        faults = (
            (Grade.BROKEN, self.missing > FEW_MISSING * whole, Reason.MISSING_MUCH),
            (Grade.BROKEN, self.refused > FEW_REFUSED * self.rows, Reason.WRONG_MUCH),
            (Grade.BROKEN, self._leaps, Reason.LEAPS),
            (Grade.BROKEN, agreeing < HARDLY_AGREEING, Reason.DIFFERS),
            (Grade.STALE, _is_over(self.age, most), Reason.OLD),
            (Grade.THIN, self.missing > 0, Reason.MISSING),
            (Grade.THIN, self.refused + self.conflicts > 0, Reason.WRONG),
            (Grade.THIN, self.silent_candles > FEW_SILENT * self.rows, Reason.SILENT),
            (Grade.THIN, agreeing < AGREEING, Reason.DIFFERS_OFTEN),
        )
        return [(grade, reason) for grade, holds, reason in faults if holds]

    def grade(self, most: timedelta | None) -> Grade:
        """The worst that there is a reason for."""
        return next((grade for grade, _ in self.reasons(most)), Grade.OK)


def _is_over(age: timedelta | None, most: timedelta | None) -> bool:
    return age is not None and most is not None and age > most
