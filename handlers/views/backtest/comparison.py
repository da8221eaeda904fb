"""Two backtests side by side: figures in two columns, then what was asked or set differently."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from html import escape

from core.backtest.compare import differences
from core.backtest.filed import Filed
from core.backtest.record import Record
from core.owner import STEPS
from handlers.views import numbers
from handlers.views.backtest import figures, question
from handlers.views.backtest.card import lived
from handlers.views.backtest.figures import UNKNOWN
from handlers.views.backtest.progress import name
from handlers.views.tuning import value, word
from handlers.views.view import Key, Verb, View
from handlers.words import Reader

Shown = Callable[[float | None], str]
Side = tuple[Filed, Record]
FIGURES: Mapping[str, Shown] = {
    "total": figures.change,
    "hold": figures.change,
    "drawdown": figures.fall,
    "trades": lambda number: UNKNOWN if number is None else f"{number:,.0f}",
    "won": figures.share,
    "profit_factor": figures.ratio,
    "expectancy": figures.in_r,
    "sharpe": figures.ratio,
    "exposure": figures.share,
}
FIELDS = {"won": "win_rate"}


def comparison(reader: Reader, a: Side, b: Side) -> View:
    """The first line says which earned more; nothing says that it will again."""
    t = reader.t
    totals = [figures.change(record.figures.total) for _, record in (a, b)]
    lines = [
        f"<b>{t('compare.title', a=totals[0], b=totals[1])}</b>",
        *(f"{letter}: {_named(reader, *side)}" for letter, side in zip("AB", (a, b), strict=True)),
        numbers.columns([_row(reader, each, a[1], b[1]) for each in FIGURES]),
        *_settings(reader, a[1], b[1]),
        t("backtest.measured"),
    ]
    keys = tuple(
        Key(t("button.open", letter=letter), Verb.RESULT, filed.id)
        for letter, (filed, _) in zip("AB", (a, b), strict=True)
    )
    return View("\n".join(lines), (keys,))


def _named(reader: Reader, filed: Filed, record: Record) -> str:
    return f"{name(reader, filed)} · {lived(record)}"


def _row(reader: Reader, each: str, a: Record, b: Record) -> numbers.Row:
    shown, field = FIGURES[each], FIELDS.get(each, each)
    values = (shown(getattr(record.figures, field)) for record in (a, b))
    first, second = values
    return first, second, reader.t(f"short.{each}")


def _settings(reader: Reader, a: Record, b: Record) -> Iterator[str]:
    """What was asked or set otherwise; the period and the words stand above."""
    t, said = reader.t, []
    apart = {t("asked.period"), t("asked.tuning")}
    both = (question.question_rows(reader, record.question) for record in (a, b))
    for (label, old), (_, new) in zip(*both, strict=True):
        if old != new and label not in apart:
            said.append(f"{label}: {old} → {new}")
    said += [
        f"{name_of}: {_value(reader, each.a)} → {_value(reader, each.b)}"
        for each in differences(a, b)
        if (name_of := _word(reader, each.name))
    ]
    yield t("compare.differs") if said else t("compare.same")
    yield from map(escape, said)


def _word(reader: Reader, path: str) -> str:
    """Empty for what is no number of the rules or the limits, or stands above."""
    family, _, field = path.partition(".")
    if family == "tuning":
        return word(reader, field)
    said = family == "limits" and field in STEPS and field != "risk_per_trade"
    return reader.t(f"limits.{field}") if said else ""


def _value(reader: Reader, number: object) -> str:
    return numbers.amount(number) if isinstance(number, Decimal) else value(reader, number)
