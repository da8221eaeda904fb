"""A backtest as a trader reads it in a terminal: one line that matters, then tables."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from core.backtest.figures import Figures, Slice
from core.backtest.record import Record
from core.domain.market import exact
from handlers.views import numbers
from handlers.views.backtest import figures, question
from handlers.views.backtest.figures import Row
from handlers.views.backtest.months import Year, years
from handlers.words import Reader

GAP = "   "
MONTH = 7


def report(reader: Reader, record: Record) -> str:
    """Plain text, in columns that fit a terminal of a hundred cells."""
    t, made = reader.t, record.figures
    blocks = [
        _head(reader, record),
        _side_by_side(figures.figure_rows(reader, made)),
        _titled(t("page.months"), _months(reader, made)),
        _titled(t("page.goals"), [*_list(figures.goal_rows(reader, made)), _measured(reader)]),
        _titled(t("page.compared"), _list(figures.compared_rows(reader, record))),
        _titled(t("page.looks"), _list(figures.looks_rows(reader, record))),
        _titled(t("page.symbols"), _slices(reader, figures.symbol_rows(made))),
        _titled(t("page.exits"), _slices(reader, figures.exit_rows(reader, made))),
        [question.made(reader, record)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _head(reader: Reader, record: Record) -> list[str]:
    asked = record.question
    origin = reader.t.of("origin", asked.origin)
    return [
        figures.headline(reader, record),
        f"{question.title(reader, asked)} · {question.period(asked)} · {origin} ({asked.source})",
        question.verdict(reader, record),
    ]


def _measured(reader: Reader) -> str:
    return reader.t("backtest.measured")


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _list(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    names, values = (max(numbers.cells(row[n]) for row in rows) for n in (0, 1))
    return [f"{_left(name, names)}{GAP}{_right(value, values)}" for name, value in rows]


def _side_by_side(rows: Sequence[Row]) -> list[str]:
    """Two lists beside each other; the first row is as wide as both."""
    half = (len(rows) + 1) // 2
    left, right = _list(rows[:half]), _list(rows[half:])
    width = max(map(numbers.cells, left))
    pairs = zip_longest(left, right, fillvalue="")
    return [f"{_left(one, width)}{GAP}{GAP}{other}".rstrip() for one, other in pairs]


def _months(reader: Reader, made: Figures) -> list[str]:
    names = (*(str(month) for month in range(1, 13)), reader.t("column.year"))
    head = " " * 4 + "".join(_right(name, MONTH) for name in names)
    return [head, *(_year(year) for year in years(made.months))]


def _year(year: Year) -> str:
    return f"{year.year}" + "".join(_right(_percent(c), MONTH) for c in (*year.months, year.total))


def _percent(change: float | None) -> str:
    return "" if change is None else numbers.signed_percent(exact(change)).removesuffix("%")


def _slices(reader: Reader, rows: Iterable[tuple[str, Slice]]) -> list[str]:
    t = reader.t
    table = [("", t("column.trades"), t("column.won"), t("column.net"), "R")]
    table += [
        (name, f"{cut.trades:,}", figures.share(cut.wins / cut.trades), *_net(cut))
        for name, cut in rows
    ]
    widths = [max(numbers.cells(row[n]) for row in table) for n in range(len(table[0]))]
    return [_line(row, widths) for row in table] if len(table) > 1 else []


def _net(cut: Slice) -> tuple[str, str]:
    return numbers.cents(cut.net), f"{cut.total_r:+.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return GAP.join([_left(*first), *(_right(text, width) for text, width in rest)])


def _left(text: str, width: int) -> str:
    return text + " " * (width - numbers.cells(text))


def _right(text: str, width: int) -> str:
    return " " * (width - numbers.cells(text)) + text
