"""A search as it is read in a terminal, below the backtest of what it found."""

from collections.abc import Sequence

from bot.search.columns import columns
from core.backtest.findings import Findings, Graded, Journey
from core.backtest.record import Record
from core.backtest.sensitivity import Sensitivity
from handlers.views.search import findings, grades, legs
from handlers.views.search.cells import Table
from handlers.words import Reader

Told = Findings | Graded | Journey


def told(reader: Reader, record: Record, search: Told) -> str:
    """Plain text in columns."""
    match search:
        case Findings():
            return _found(reader, record, search)
        case Graded():
            return _graded(reader, record, search)
        case Journey():
            return _walked(reader, search)


def _found(reader: Reader, record: Record, search: Findings) -> str:
    """The best few beside today's, the map, and what luck has to do with it."""
    t = reader.t
    return _blocks(
        [findings.summary(reader, search)],
        _titled(t("search.top", n=len(search.top)), findings.top_table(reader, search)),
        _map(reader, search.sensitivity),
        [findings.doubt(reader, record.luck), findings.proposal(reader, search)],
    )


def _graded(reader: Reader, record: Record, grid: Graded) -> str:
    return _blocks(
        [grades.summary(reader, grid)],
        columns(grades.mark_table(reader, grid)),
        [grades.chosen(reader, grid), findings.doubt(reader, record.luck)],
    )


def _walked(reader: Reader, journey: Journey) -> str:
    return _blocks(
        [legs.summary(reader, journey), legs.efficiency(reader, journey)],
        columns(legs.leg_table(reader, journey)),
        columns(legs.steady_table(reader, journey)),
    )


def _map(reader: Reader, around: Sensitivity | None) -> list[str]:
    if around is None:
        return []
    title = reader.t("search.map", objective=around.objective)
    return [*_titled(title, findings.map_table(around)), findings.plateau(reader, around)]


def _titled(title: str, table: Table) -> list[str]:
    return [title, *(f"  {line}" for line in columns(table))]


def _blocks(*blocks: Sequence[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)
