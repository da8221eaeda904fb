"""The parts of a report's page, as plain words and numbers that a template only has to lay out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.backtest.figures import Figures, Slice
from core.backtest.record import Record
from core.domain.market import exact
from core.domain.trade import Trade
from handlers.views import numbers
from handlers.views.backtest import figures, months, question
from handlers.views.backtest.figures import Row
from handlers.views.phrases import coin, direction
from handlers.words import Reader

FULL_HEAT = 0.05
MOST_PLACES = 8
TRADE_COLUMNS = (
    *("opened", "closed", "symbol", "side", "amount"),
    *("entry", "stop", "exit", "reason"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table; `tone` is gain, loss or nothing, `heat` (0..1) how strongly it shows."""

    text: str
    tone: str = ""
    heat: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class List:
    """Words with a number each."""

    title: str
    rows: tuple[Row, ...]


def tiles(reader: Reader, made: Figures) -> tuple[tuple[str, Cell], ...]:
    """What the first glance should fall on."""
    t = reader.t
    return (
        (t("figure.total"), _toned(figures.change(made.total), made.total)),
        (t("figure.drawdown"), Cell(figures.fall(made.drawdown))),
        (t("figure.trades"), Cell(f"{made.trades:,}")),
        (t("figure.won"), Cell(figures.share(made.win_rate))),
        (t("figure.sharpe"), Cell(figures.ratio(made.sharpe))),
        (t("figure.hold"), _toned(figures.change(made.hold), made.hold)),
    )


def month_table(reader: Reader, made: Figures) -> Table:
    head = ("", *(str(month) for month in range(1, 13)), reader.t("column.year"))
    rows = tuple(
        (Cell(str(year.year)), *(_month(change) for change in (*year.months, year.total)))
        for year in months.years(made.months)
    )
    return Table(reader.t("page.months"), head, rows)


def _month(change: float | None) -> Cell:
    if change is None:
        return Cell("")
    text = numbers.signed_percent(exact(change)).removesuffix("%")
    return Cell(text, _tone(change), min(abs(change) / FULL_HEAT, 1.0))


def lists(reader: Reader, record: Record) -> tuple[List, ...]:
    t = reader.t
    every = (
        List(t("page.figures"), figures.figure_rows(reader, record.figures)),
        List(t("page.goals"), figures.goal_rows(reader, record.figures)),
        List(t("page.compared"), figures.compared_rows(reader, record)),
        List(t("page.looks"), figures.looks_rows(reader, record)),
        List(t("page.question"), question.question_rows(reader, record.question)),
    )
    return tuple(one for one in every if one.rows)


def slice_tables(reader: Reader, made: Figures) -> tuple[Table, ...]:
    t = reader.t
    return (
        _slices(reader, t("page.symbols"), figures.symbol_rows(made)),
        _slices(reader, t("page.exits"), figures.exit_rows(reader, made)),
    )


def _slices(reader: Reader, title: str, rows: Iterable[tuple[str, Slice]]) -> Table:
    t = reader.t
    head = ("", t("column.trades"), t("column.won"), t("column.net"), "R")
    return Table(title, head, tuple(_slice(name, cut) for name, cut in rows))


def _slice(name: str, cut: Slice) -> tuple[Cell, ...]:
    return (
        Cell(name),
        Cell(f"{cut.trades:,}"),
        Cell(figures.share(cut.wins / cut.trades)),
        _toned(numbers.cents(cut.net), float(cut.net)),
        Cell(f"{cut.total_r:+.2f}"),
    )


def trade_table(reader: Reader, shown: Sequence[Trade], total: int) -> Table:
    t = reader.t
    return Table(
        t("page.trades", shown=len(shown), total=total),
        (*(t(f"trade.{name}") for name in TRADE_COLUMNS), t("column.net"), "R"),
        tuple(_trade(reader, trade) for trade in shown),
    )


def _trade(reader: Reader, trade: Trade) -> tuple[Cell, ...]:
    texts = (
        f"{reader.local(trade.opened_at):%Y-%m-%d %H:%M}" if trade.opened_at else "",
        f"{reader.local(trade.closed_at):%m-%d %H:%M}" if trade.closed_at else "",
        coin(trade.symbol),
        direction(reader, trade.side),
        numbers.amount(trade.amount),
        *_prices(trade),
        reader.t.of("exit", trade.exit) if trade.exit else "",
    )
    net = _toned(numbers.cents(trade.net), float(trade.net))
    return (*map(Cell, texts), net, Cell(f"{trade.r_multiple:+.2f}"))


def _prices(trade: Trade) -> Iterator[str]:
    """Entry, stop and exit on the stop's tick: an average has more digits than anybody reads."""
    exponent = trade.plan.stop_loss.as_tuple().exponent
    places = min(max(0, -exponent), MOST_PLACES) if isinstance(exponent, int) else 0
    for price in (trade.entry_price, trade.plan.stop_loss, trade.exit_price):
        yield "" if price is None else f"{price:,.{places}f}"


def _toned(text: str, value: float) -> Cell:
    return Cell(text, _tone(value))


def _tone(value: float) -> str:
    return "gain" if value > 0 else "loss" if value < 0 else ""
