"""Two backtests side by side: what each figure came to, and which settings were not the same."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal

from core.backtest.figures import Figures, Goals
from core.backtest.record import Question, Record
from core.domain.people import Limits
from core.domain.tuning import Tuning

Value = str | int | float | Decimal | datetime | timedelta | tuple[str, ...] | None
Compared = Figures | Goals | Question | Tuning | Limits

TABLES = frozenset({"months", "exits", "symbols", "goals"})
SAID_ELSEWHERE = frozenset({"start", "end", "equity", "tuning", "limits"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison; `name` is a path: `total`, `goals.in_goal`, `tuning.horizon`."""

    name: str
    a: Value
    b: Value


def differences(a: Record, b: Record) -> tuple[Difference, ...]:
    """Every figure and every goal, equal or not; then what was asked and set differently.

    Of question, tuning and limits there is only what differs. Left out are the figures that are
    tables: months, exits and symbols.
    """
    asked, other = a.question, b.question
    settings = (
        *_lines("question.", asked, other, SAID_ELSEWHERE),
        *_lines("tuning.", asked.tuning, other.tuning),
        *_lines("limits.", asked.limits, other.limits),
    )
    return (
        *_lines("", a.figures, b.figures, TABLES),
        *_lines("goals.", a.figures.goals, b.figures.goals),
        *(line for line in settings if line.a != line.b),
    )


def _lines(
    prefix: str, a: Compared, b: Compared, without: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    for field in fields(a):
        if field.name not in without:
            yield Difference(prefix + field.name, getattr(a, field.name), getattr(b, field.name))
