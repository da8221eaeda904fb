"""What a search adds to the page of a backtest: its words, its tables and the map."""

from bot.backtest.html import Chart, More, drawn
from bot.backtest.parts import Cell, Table
from bot.search.console import Told
from core.backtest.findings import Findings, Graded, Journey
from core.backtest.record import Record
from core.backtest.sensitivity import Sensitivity
from handlers.views.search import cells, findings, grades, legs
from handlers.views.search.picture import heat_picture
from handlers.words import Reader


def more(reader: Reader, record: Record, search: Told) -> More:
    """The same as on the console."""
    match search:
        case Findings():
            return _found(reader, record, search)
        case Graded():
            return _graded(reader, record, search)
        case Journey():
            return _walked(reader, search)


def _found(reader: Reader, record: Record, search: Findings) -> More:
    top = _table(reader.t("search.top", n=len(search.top)), findings.top_table(reader, search))
    words = [findings.summary(reader, search), findings.doubt(reader, record.luck)]
    words.append(findings.proposal(reader, search))
    around = search.sensitivity
    if around is None:
        return More(tuple(words), tables=(top,))
    words.append(findings.plateau(reader, around))
    return More(tuple(words), _map(reader, record, around), (top,))


def _map(reader: Reader, record: Record, around: Sensitivity) -> tuple[Chart, ...]:
    light, dark = (
        drawn(heat_picture(reader, record, around, dark=dark)) for dark in (False, True)
    )
    return (Chart(reader.t("search.map", objective=around.objective), light, dark),)


def _graded(reader: Reader, record: Record, grid: Graded) -> More:
    words = (grades.chosen(reader, grid), findings.doubt(reader, record.luck))
    return More(
        words, tables=(_table(grades.summary(reader, grid), grades.mark_table(reader, grid)),)
    )


def _walked(reader: Reader, journey: Journey) -> More:
    tables = (
        _table(legs.efficiency(reader, journey), legs.leg_table(reader, journey)),
        _table(reader.t("walk.steady"), legs.steady_table(reader, journey)),
    )
    return More((legs.summary(reader, journey),), tables=tables)


def _table(title: str, rows: cells.Table) -> Table:
    head, *body = rows
    return Table(title, head, tuple(tuple(Cell(text) for text in row) for row in body))
