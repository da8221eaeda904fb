"""What a backtest came to, row by row: a word and its number, first what matters most."""

from collections.abc import Iterator
from decimal import Decimal

from core.backtest.figures import Figures, Slice
from core.backtest.record import Record
from core.domain.market import exact
from handlers.views import numbers
from handlers.views.phrases import QUOTE, coin
from handlers.words import Reader

Row = tuple[str, str]
UNKNOWN = "-"
MONTH_GOAL, MONTH_LIMIT, WIN_GOAL = 5, 2, 60


def headline(reader: Reader, record: Record) -> str:
    """Return, deepest fall, trades and how many won, and what holding would have brought; first of
    all, of how many tries this is the best.
    """
    first, tries = _first(reader, record.figures), record.luck.tries
    return reader.t("backtest.best", n=tries, first=first) if tries > 1 else first


def _first(reader: Reader, figures: Figures) -> str:
    t, hold = reader.t, change(figures.hold)
    if not figures.trades:
        return t("backtest.idle", hold=hold)
    return t(
        "backtest.first",
        total=change(figures.total),
        drawdown=fall(figures.drawdown),
        trades=figures.trades,
        won=share(figures.win_rate),
        hold=hold,
    )


def figure_rows(reader: Reader, figures: Figures) -> tuple[Row, ...]:
    return (*_money_rows(reader, figures), *_trade_rows(reader, figures))


def _money_rows(reader: Reader, figures: Figures) -> Iterator[Row]:
    t, opening, closing = reader.t, figures.opening, figures.closing
    yield t("figure.equity"), f"{numbers.full(opening)} → {numbers.full(closing)} {QUOTE}"
    yield t("figure.total"), change(figures.total)
    yield t("figure.annual"), change(figures.annual)
    yield t("figure.hold"), change(figures.hold)
    yield t("figure.drawdown"), fall(figures.drawdown)
    yield t("figure.sharpe"), ratio(figures.sharpe)
    yield t("figure.sortino"), ratio(figures.sortino)
    yield t("figure.calmar"), ratio(figures.calmar)


def _trade_rows(reader: Reader, figures: Figures) -> Iterator[Row]:
    t = reader.t
    yield t("figure.trades"), f"{figures.trades:,}"
    yield t("figure.won"), share(figures.win_rate)
    yield t("figure.profit_factor"), ratio(figures.profit_factor)
    yield t("figure.expectancy"), in_r(figures.expectancy)
    yield t("figure.total_r"), in_r(figures.total_r)
    yield t("figure.longest"), f"{figures.longest:,}"
    yield t("figure.fees"), f"{numbers.cents(-figures.fees)} {QUOTE}"
    yield t("figure.funding"), f"{numbers.cents(figures.funding)} {QUOTE}"
    yield t("figure.exposure"), share(figures.exposure)


def goal_rows(reader: Reader, figures: Figures) -> tuple[Row, ...]:
    """The brief's goals beside what was measured; nothing is promised by it."""
    t, goals = reader.t, figures.goals
    return (
        (t("goal.month", goal=MONTH_GOAL), t("goal.months", n=goals.in_goal, of=goals.months)),
        (t("goal.loss", goal=MONTH_LIMIT), t("goal.months", n=goals.losses_kept, of=goals.months)),
        (t("goal.win", goal=WIN_GOAL), share(goals.win_rate)),
    )


def compared_rows(reader: Reader, record: Record) -> tuple[Row, ...]:
    """What else could have been done with the money, and how much of this is chance."""
    t, luck = reader.t, record.luck
    rows = [(t("arm.desk"), change(record.figures.total))]
    rows += [(t(arm.name), change(arm.total)) for arm in record.arms]
    rows.append((t("luck.beats"), share(luck.beats_random)))
    rows.append((t("luck.drawdown"), fall(luck.drawdown_median)))
    rows.append((t("luck.worst"), fall(luck.drawdown_worst)))
    if luck.late:
        rows.append((t("luck.late", n=luck.late), change(luck.late_median)))
        rows.append((t("luck.late_worst", n=luck.late), change(luck.late_worst)))
    rows.append((t("luck.deflated", n=luck.tries), share(luck.deflated)))
    return tuple(rows)


def looks_rows(reader: Reader, record: Record) -> tuple[Row, ...]:
    """How often the desk looked, saw an edge and entered, and which rules said no how often."""
    t = reader.t
    if not record.looks:
        return ()
    refused = sorted(record.refusals.items(), key=lambda item: -item[1])
    return (
        (t("looks.looked"), f"{record.looks:,}"),
        (t("looks.edges"), f"{record.edges:,}"),
        (t("looks.entered"), f"{record.figures.trades:,}"),
        *((t.of("limit", rule), f"{count:,}") for rule, count in refused),
    )


def exit_rows(reader: Reader, figures: Figures) -> tuple[tuple[str, Slice], ...]:
    return tuple((reader.t.of("exit", exit_), cut) for exit_, cut in figures.exits.items())


def symbol_rows(figures: Figures) -> tuple[tuple[str, Slice], ...]:
    return tuple((coin(symbol), cut) for symbol, cut in figures.symbols.items())


def change(fraction: float | None) -> str:
    return UNKNOWN if fraction is None else numbers.signed_percent(exact(fraction))


def fall(depth: float | None) -> str:
    """A drawdown is kept as a depth and read as a loss."""
    return UNKNOWN if depth is None else numbers.signed_percent(-exact(depth))


def share(fraction: float | None) -> str:
    return UNKNOWN if fraction is None else numbers.percent(exact(fraction), 1)


def ratio(number: float | None) -> str:
    return UNKNOWN if number is None else numbers.ratio(exact(number))


def in_r(number: float | Decimal | None) -> str:
    return UNKNOWN if number is None else numbers.in_r(Decimal(str(number)))
